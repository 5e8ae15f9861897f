import { readPageFile, securityHeaders } from "../page-files.ts";
import type { ElectronParts } from "./api.ts";

const SCHEME = "app";
const HOST = "till";
/** Where the page lives. A scheme of its own is an origin of its own, which `file:` is not. */
export const PAGE_URL = `${SCHEME}://${HOST}/index.html`;

/** The page reaches the till through its preload, never by an address: nothing to connect to. */
const HEADERS = securityHeaders("'none'");

/** Makes `app:` a proper origin. Has to run before the app is ready. */
export function registerAppScheme(protocol: ElectronParts["protocol"]): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** Serves the built page at `app://till/`, and nothing else anywhere. */
export function serveApp(protocol: ElectronParts["protocol"], pageDir: string): void {
  protocol.handle(SCHEME, (request) => answer(pageDir, request));
}

async function answer(pageDir: string, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const isOurs = url.host === HOST && (request.method === "GET" || request.method === "HEAD");
  const file = isOurs ? await readPageFile(pageDir, url.pathname) : null;
  if (file === null)
    return new Response("Not found.", {
      status: 404,
      headers: { ...HEADERS, "content-type": "text/plain; charset=utf-8" },
    });
  return new Response(request.method === "HEAD" ? null : file.body, {
    headers: { ...HEADERS, "content-type": file.type, "cache-control": "no-store" },
  });
}

/** Whether an address belongs to the till's own page. */
export function isOwnPage(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host } = new URL(address);
  return protocol === `${SCHEME}:` && host === HOST;
}
