import type { ElectronParts, HardenedContents, SessionPart } from "./api.ts";
import { isOwnPage } from "./app-protocol.ts";

/** Shuts every page in: it stays where it is, opens nothing and embeds nothing. */
export function hardenPages(app: ElectronParts["app"]): void {
  app.on("web-contents-created", (_event, contents) => harden(contents));
}

function harden(contents: HardenedContents): void {
  for (const event of ["will-navigate", "will-redirect"] as const)
    contents.on(event, (details) => {
      // A reload of the page itself arrives here too.
      if (!isOwnPage(details.url)) details.preventDefault();
    });
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}

/** A till needs no camera, place, notification or device from its page: every question is a no. */
export function denyPermissions(session: SessionPart): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}
