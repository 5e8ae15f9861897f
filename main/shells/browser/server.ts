import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ReportIncident } from "../../contract/dispatch.ts";
import type { Till } from "../../till.ts";
import { CUSTOMER_FEEDS, TILL_FEEDS } from "../feeds.ts";
import { readPageFile, securityHeaders } from "../page-files.ts";
import { refused, serveCall } from "./calls.ts";
import { serveFeed } from "./feed.ts";
import { cookieName, hasSession, turnedAway } from "./guard.ts";
import { createSessions, type Sessions } from "./sessions.ts";

export interface BrowserShellOptions {
  till: Till;
  /** Folder of the built page. */
  pageDir: string;
  /** 0 lets the system choose. */
  port: number;
  report: ReportIncident;
}

export interface BrowserShell {
  port: number;
  /** Address that opens the till once; `route` is a place in the page such as `/print/day/3`. */
  openingUrl: (options?: { route?: string; lifeMs?: number }) => string;
  /** Ends every connection; the till itself stays open. */
  close: () => Promise<void>;
}

const HEADERS = securityHeaders("'self'");

const KEEP_ALIVE_MS = 30 * 60_000;

/**
 * The till behind a loopback HTTP server, for a browser window on the same PC. Bound to 127.0.0.1;
 * every request needs the exact host, no foreign origin and, but for the key itself, a session.
 * Rejects with the system's error when the port cannot be had (`EADDRINUSE`, `EACCES`).
 */
export async function serveTill(options: BrowserShellOptions): Promise<BrowserShell> {
  const sessions = createSessions(() => performance.now());
  const server = createServer();
  // A connection closed for being idle just as a call is sent would lose the call's answer.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  server.on("request", (request, response) => {
    answer({ ...options, port, sessions }, request, response).catch((error: unknown) => {
      if (!request.destroyed) options.report(`http ${request.url?.split("?")[0]}`, error);
      response.destroy();
    });
  });
  return {
    port,
    openingUrl: ({ route, lifeMs } = {}) => {
      const key = sessions.mintKey(lifeMs ?? null);
      const to = route === undefined ? "" : `&to=${encodeURIComponent(route)}`;
      return `http://127.0.0.1:${port}/?key=${key}${to}`;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Context = BrowserShellOptions & { port: number; sessions: Sessions };

async function answer(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = turnedAway(request, context.port);
  if (refusal !== null) return text(response, 403, `Refused: ${refusal}.`);
  const url = new URL(request.url ?? "/", `http://127.0.0.1:${context.port}`);
  const key = url.searchParams.get("key");
  if (request.method === "GET" && url.pathname === "/" && key !== null)
    return exchangeKey(context, key, url.searchParams.get("to"), request, response);
  if (!hasSession(request, context.port, context.sessions))
    return withoutSession(url.pathname, response);
  if (request.method === "POST" && url.pathname.startsWith("/call/"))
    return serveCall(context.till, url.pathname.slice(6), request, response, HEADERS);
  if (request.method !== "GET" && request.method !== "HEAD")
    return text(response, 405, "Not allowed.");
  if (url.pathname === "/feed") return serveFeed(context.till, TILL_FEEDS, response, HEADERS);
  if (url.pathname === "/customer-feed")
    return serveFeed(context.till, CUSTOMER_FEEDS, response, HEADERS);
  return servePage(context.pageDir, url.pathname, request, response);
}

/** Swaps a key for a session cookie and goes to an address without the key. */
function exchangeKey(
  { port, sessions }: Context,
  key: string,
  to: string | null,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const route = to !== null && /^\/[\w/-]*$/.test(to) ? `/#${to}` : "/";
  const session = sessions.redeem(key);
  // Reloading or going back to the address with a used key is harmless when the session is there.
  if (session === null && !hasSession(request, port, sessions))
    return withoutSession("/", response);
  const cookie = `${cookieName(port)}=${session}; Path=/; HttpOnly; SameSite=Strict`;
  response.writeHead(303, {
    ...HEADERS,
    "cache-control": "no-store",
    location: route,
    ...(session === null ? {} : { "set-cookie": cookie }),
  });
  response.end();
}

function withoutSession(pathname: string, response: ServerResponse): void {
  if (pathname.startsWith("/call/")) {
    response.writeHead(401, { ...HEADERS, "content-type": "application/json" });
    response.end(JSON.stringify(refused("INTERNAL", { session: "none" })));
    return;
  }
  text(
    response,
    401,
    "此页面只能由收银台自己打开：请重新启动票不漏，并使用它给出的网址。\n" +
      "Only the till itself opens this page: start Slipsure again and use the address it prints.\n",
  );
}

async function servePage(
  pageDir: string,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = await readPageFile(pageDir, pathname);
  if (file === null) return text(response, 404, "Not found.");
  response.writeHead(200, {
    ...HEADERS,
    "content-type": file.type,
    "content-length": file.body.length,
    "cache-control": file.immutable ? "private, max-age=31536000, immutable" : "no-store",
  });
  response.end(request.method === "HEAD" ? undefined : file.body);
}

function text(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    ...HEADERS,
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(body);
}
