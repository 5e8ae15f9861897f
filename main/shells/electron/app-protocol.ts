import { readPageFile, securityHeaders } from "../page-files.ts";
import type { ElectronParts } from "./api.ts";

const SCHEME = "app";
/** Each kind of page is an origin of its own, and its first file. */
const PAGES = { till: "index.html", customer: "customer.html" } as const;
export type PageKind = keyof typeof PAGES;

/** The page reaches the till through its preload, never by an address: nothing to connect to. */
const HEADERS = securityHeaders("'none'");

/** Where a page lives. A scheme of its own is an origin of its own, which `file:` is not. */
export function pageUrl(kind: PageKind): string {
  return `${SCHEME}://${kind}/${PAGES[kind]}`;
}

/** Makes `app:` a proper origin. Has to run before the app is ready. */
export function registerAppScheme(protocol: ElectronParts["protocol"]): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** Serves the built pages at `app://till/` and `app://customer/`, and nothing else anywhere. */
export function serveApp(protocol: ElectronParts["protocol"], pageDir: string): void {
  protocol.handle(SCHEME, (request) => answer(pageDir, request));
}

async function answer(pageDir: string, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const kind = pageKindOf(request.url);
  const isOurs = kind !== null && (request.method === "GET" || request.method === "HEAD");
  const isOtherPage = url.pathname.endsWith(".html") && url.href.split(/[?#]/)[0] !== pageOf(kind);
  const file = isOurs && !isOtherPage ? await readPageFile(pageDir, url.pathname) : null;
  if (file === null)
    return new Response("Not found.", {
      status: 404,
      headers: { ...HEADERS, "content-type": "text/plain; charset=utf-8" },
    });
  return new Response(request.method === "HEAD" ? null : file.body, {
    headers: { ...HEADERS, "content-type": file.type, "cache-control": "no-store" },
  });
}

function pageOf(kind: PageKind | null): string | null {
  return kind === null ? null : pageUrl(kind);
}

/** The page an address belongs to; null for every other address. */
export function pageKindOf(address: string): PageKind | null {
  if (!URL.canParse(address)) return null;
  const { protocol, host } = new URL(address);
  if (protocol !== `${SCHEME}:`) return null;
  return host === "till" || host === "customer" ? host : null;
}
