import { extname } from "node:path";
import type { ElectronParts, HardenedContents, Navigation, SessionPart } from "./api.ts";
import { pageKindOf } from "./app-protocol.ts";
import type { Pages } from "./pages.ts";

/** Chromium's verdict for a certificate that is not accepted (Electron, docs/api/session.md). */
const REJECTED = -2;
/** Where a page's own content may come from. */
const OWN_SCHEMES = new Set(["app:", "blob:", "data:"]);
/** What the till hands out: reports, and the text for whoever helps. */
const SAVED = new Set([".csv", ".pdf", ".txt"]);

/**
 * Shuts every page in: it stays where it is, opens nothing and embeds nothing. No certificate is taken on
 * trust, and nobody is asked for a password or a certificate.
 */
export function hardenPages(app: ElectronParts["app"]): void {
  app.on("web-contents-created", (_event, contents) => harden(contents));
  app.on("certificate-error", (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
  // Both have to be answered: a request that waits for an answer waits for ever.
  app.on("login", (event, _contents, _details, _authInfo, answer) => {
    event.preventDefault();
    answer();
  });
  app.on("select-client-certificate", (event, _contents, _url, _certificates, answer) => {
    event.preventDefault();
    answer();
  });
}

function harden(contents: HardenedContents): void {
  const stay = (details: Navigation) => {
    // A reload of the page itself arrives here too.
    if (!staysOnPage(contents, details.url)) details.preventDefault();
  };
  contents.on("will-navigate", stay);
  contents.on("will-redirect", stay);
  contents.on("will-frame-navigate", (details) => {
    if (!details.isMainFrame || !staysOnPage(contents, details.url)) details.preventDefault();
  });
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}

function staysOnPage(contents: HardenedContents, to: string): boolean {
  const kind = pageKindOf(to);
  return kind !== null && kind === pageKindOf(contents.getURL());
}

/**
 * What pages may have of the system: nothing. Every permission and device is denied, nothing is fetched
 * from anywhere, no text is sent to a spelling service, and only the till's own reports are saved.
 */
export function closeSession(session: SessionPart, pages: Pages, isPackaged: boolean): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.setCertificateVerifyProc((_request, answer) => answer(REJECTED));
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !isOwnContent(url, isPackaged) });
  });
  session.on("will-download", (event, item, contents) => {
    const isReport = SAVED.has(extname(item.getFilename()).toLowerCase());
    const isFromTill = pages.kindOf(contents.id) === "till";
    if (!isFromTill || !isReport || !item.getURL().startsWith("blob:app://till/"))
      event.preventDefault();
  });
}

function isOwnContent(url: string, isPackaged: boolean): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol } = new URL(url);
  // The developer tools are pages too, and not there in what shops install.
  return OWN_SCHEMES.has(protocol) || (!isPackaged && protocol === "devtools:");
}
