import type { DeviceState } from "../contract/device.ts";
import { MOST } from "../contract/limits.ts";
import type { Notice } from "../contract/notices.ts";
import type { SettingsFinding } from "./settings-file.ts";

export type NoticeCode = Notice["code"];

const A_BROWSER: DeviceState = { screens: [], placesWindows: false, canStartWithSystem: false };

/**
 * What a shell and the till it carries tell each other beside the contract. It outlives a till that is
 * closed to open other books.
 */
export class ShellLink {
  private readonly changes = new Set<() => void>();
  private readonly resumes = new Set<() => void>();
  private lastId = 0;
  private list: Notice[] = [];
  private onLeave: (() => void) | null = null;
  private tellDevice: () => DeviceState = () => A_BROWSER;
  private settingsFinding: SettingsFinding | null = null;

  /** Says something to whoever is at the till. The same thing said again takes the place of before. */
  tell(
    code: NoticeCode,
    more: Partial<Pick<Notice, "incident" | "lost" | "file" | "article">> = {},
  ): void {
    this.lastId += 1;
    const notice = { id: this.lastId, code, incident: null, lost: [], file: null, ...more };
    this.list = [...this.list.filter((other) => other.code !== code), notice];
    this.changed();
  }

  /** Tells what was found wrong with the settings; the till writes it into its log, too. */
  tellSettings(finding: SettingsFinding, incident: string): void {
    this.settingsFinding = finding;
    this.tell(finding.code, { incident, lost: finding.lost, file: finding.setAside });
  }

  /** The till has put back what no file had any more: that is said instead of a loss. */
  settingsMended(incident: string): void {
    const lost = this.settingsFinding;
    this.list = this.list.filter(({ code }) => code !== "settingsLost");
    this.tellSettings(
      {
        code: "settingsRecovered",
        reason: lost?.reason ?? "there are no settings",
        lost: [],
        setAside: lost?.setAside ?? null,
      },
      incident,
    );
  }

  /** What the till has not written down yet. */
  takeSettingsFinding(): SettingsFinding | null {
    const finding = this.settingsFinding;
    this.settingsFinding = null;
    return finding;
  }

  read(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
    this.changed();
  }

  notices(): Notice[] {
    return this.list;
  }

  onNotices(listener: () => void): () => void {
    this.changes.add(listener);
    return () => this.changes.delete(listener);
  }

  /** The computer was asleep: what was known of the printers is old. */
  resumed(): void {
    for (const listener of this.resumes) listener();
  }

  onResumed(listener: () => void): () => void {
    this.resumes.add(listener);
    return () => this.resumes.delete(listener);
  }

  /** A shell that knows more of this PC than a page does says how to ask it. */
  canTellDevice(tell: () => DeviceState): void {
    this.tellDevice = tell;
  }

  device(): DeviceState {
    const device = this.tellDevice();
    return { ...device, screens: device.screens.slice(0, MOST.screens) };
  }

  /** A shell that can be ended from inside says how. */
  canLeave(leave: () => void): void {
    this.onLeave = leave;
  }

  /** Ends the shell. @returns false when it can't be ended from inside */
  leave(): boolean {
    this.onLeave?.();
    return this.onLeave !== null;
  }

  private changed(): void {
    for (const listener of this.changes) listener();
  }
}
