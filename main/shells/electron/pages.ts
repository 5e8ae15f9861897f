import type { CallEvent, FeedReceiver } from "./api.ts";
import { pageKindOf, type PageKind } from "./app-protocol.ts";

/**
 * Which page is which. A message counts only when it comes from a window the till itself opened, from
 * that window's main frame, and from the address this kind of page lives at.
 */
export class Pages {
  private readonly kinds = new Map<number, PageKind>();

  /** A window was opened for this kind of page. */
  admit(contents: FeedReceiver, kind: PageKind): void {
    this.kinds.set(contents.id, kind);
    contents.once("destroyed", () => this.kinds.delete(contents.id));
  }

  /** The page a message comes from; null when it is to be refused. */
  senderOf({ sender, senderFrame }: CallEvent): PageKind | null {
    if (senderFrame === null || senderFrame.parent !== null) return null;
    const kind = this.kindOf(sender.id);
    return kind !== null && pageKindOf(senderFrame.url) === kind ? kind : null;
  }

  kindOf(contentsId: number): PageKind | null {
    return this.kinds.get(contentsId) ?? null;
  }
}
