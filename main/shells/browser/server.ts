import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ReportIncident } from "../../contract/dispatch.ts";
import type { FeedName } from "../../contract/calls.ts";
import type { Till } from "../../till.ts";
import { CUSTOMER_FEEDS, TILL_FEEDS } from "../feeds.ts";
import { readPageFile, securityHeaders } from "../page-files.ts";
import { refused, serveCall } from "./calls.ts";
import { serveFeed } from "./feed.ts";
import { addressOf, cookieName, isThisComputer, sessionOf, turnedAway } from "./guard.ts";
import type { KeptSessions } from "./kept-sessions.ts";
import { createAllowance, SHELL_LIMITS, type Allowance, type ShellLimits } from "./limits.ts";
import { createSessions, type Session, type Sessions } from "./sessions.ts";

export interface BrowserShellOptions {
  till: Till;
  /** Folder of the built page. */
  pageDir: string;
  /** 0 lets the system choose. */
  port: number;
  report: ReportIncident;
  /** Sessions of earlier runs; without it every session ends with this process. */
  kept?: KeptSessions;
  /** Other limits than the usual ones. */
  limits?: Partial<ShellLimits>;
}

export interface BrowserShell {
  port: number;
  /**
   * Address that opens the till once and dies unused after `lifeMs`; `route` is a place in the page such as
   * `/print/day/3`. `forNow`: the session it begins ends with this process at the latest.
   */
  openingUrl: (options?: { route?: string; lifeMs?: number; forNow?: boolean }) => string;
  /** Ends every connection; the till itself stays open. */
  close: () => Promise<void>;
}

const HEADERS = {
  ...securityHeaders("'self'"),
  "permissions-policy": "camera=(), geolocation=(), microphone=(), hid=(), serial=(), usb=()",
};

const KEEP_ALIVE_MS = 30 * 60_000;
/** How often Node looks for requests that take too long, where the limits are longer than that. */
const LOOK_EVERY_MS = 2_000;
/** A path in the incident log is there to be read. */
const SHOWN_PATH_CHARS = 200;

/**
 * The till behind a loopback HTTP server, for a browser window on the same PC. Bound to 127.0.0.1;
 * every request needs the exact host, no foreign origin and, but for the key itself, a session.
 * Rejects with the system's error when the port cannot be had (`EADDRINUSE`, `EACCES`).
 */
export async function serveTill(options: BrowserShellOptions): Promise<BrowserShell> {
  const limits = { ...SHELL_LIMITS, ...options.limits };
  const nowMs = () => performance.now();
  const sessions = createSessions(nowMs, limits, options.kept);
  const mayBeWrong = createAllowance(limits.wrongSecrets, nowMs);
  const server = createServer({
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: Math.min(LOOK_EVERY_MS, limits.headersMs),
    // A connection closed for being idle just as a call is sent would lose the call's answer.
    keepAliveTimeout: KEEP_ALIVE_MS,
  });
  server.maxConnections = limits.connections;
  // Only this address is listened on; a system that hands over anybody else is not believed.
  server.on("connection", (socket) => {
    if (!isThisComputer(socket.remoteAddress)) socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  options.kept?.servesAt(port);
  const context: Context = { ...options, port, sessions, limits, mayBeWrong };
  server.on("request", (request, response) => {
    answer(context, request, response).catch((error: unknown) => {
      const path = request.url?.split("?")[0]?.slice(0, SHOWN_PATH_CHARS);
      if (!request.destroyed) options.report(`http ${path}`, error);
      response.destroy();
    });
  });
  // Nobody who asks first is told to go ahead: a browser never asks.
  for (const asking of ["checkContinue", "checkExpectation"])
    server.on(asking, (_: unknown, response: ServerResponse) =>
      turnAway(response, 417, "Not expected."),
    );
  return {
    port,
    openingUrl: ({ route, lifeMs, forNow = false } = {}) => {
      const key = sessions.mintKey(lifeMs ?? limits.keyLifeMs, !forNow);
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

interface Context extends BrowserShellOptions {
  port: number;
  sessions: Sessions;
  limits: ShellLimits;
  mayBeWrong: Allowance;
}

const FEEDS_AT: Readonly<Record<string, readonly FeedName[]>> = {
  "/feed": TILL_FEEDS,
  "/customer-feed": CUSTOMER_FEEDS,
};

async function answer(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { till, port, limits } = context;
  const refusal = turnedAway(request, port);
  if (refusal !== null) return turnAway(response, 403, `Refused: ${refusal}.`);
  const url = addressOf(request, port);
  if (url === null) return turnAway(response, 400, "No such address.");
  const key = url.searchParams.get("key");
  if (request.method === "GET" && url.pathname === "/" && key !== null)
    return exchangeKey(context, key, url.searchParams.get("to"), request, response);
  const session = sessionOf(request, port, context.sessions);
  if (session === null || session === "wrong")
    return withoutSession(context, session === "wrong", url.pathname, response);
  if (request.method === "POST" && url.pathname.startsWith("/call/"))
    return serveCall(
      { till, session, limits, headers: HEADERS },
      url.pathname.slice(6),
      request,
      response,
    );
  const feeds = FEEDS_AT[url.pathname];
  if (request.method === "GET" && feeds) {
    if (session.feeds.size >= limits.feedsPerSession)
      return text(response, 429, "Too many feeds are open.");
    return serveFeed(till, session.feeds, feeds, response, HEADERS);
  }
  if (request.method !== "GET" && request.method !== "HEAD")
    return text(response, 405, "Not allowed.");
  return servePage(context.pageDir, url.pathname, request, response);
}

/** Swaps a key for a session cookie and goes to an address without the key. */
function exchangeKey(
  context: Context,
  key: string,
  to: string | null,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { port, sessions } = context;
  const route = to !== null && /^\/[\w/-]*$/.test(to) ? `/#${to}` : "/";
  const secret = sessions.redeem(key);
  // Reloading or going back to the address with a used key is harmless when the session is there.
  if (secret === null && !isOpen(sessionOf(request, port, sessions)))
    return withoutSession(context, true, "/", response);
  const cookie = `${cookieName(port)}=${secret}; Path=/; HttpOnly; SameSite=Strict`;
  response.writeHead(303, {
    ...HEADERS,
    "cache-control": "no-store",
    location: route,
    ...(secret === null ? {} : { "set-cookie": cookie }),
  });
  response.end();
}

function isOpen(session: Session | "wrong" | null): boolean {
  return session !== null && session !== "wrong";
}

/** @param isWrong it came with a key or a session that is none; too many of these are told so. */
function withoutSession(
  { mayBeWrong }: Context,
  isWrong: boolean,
  pathname: string,
  response: ServerResponse,
): void {
  // The right key is let in all the same: whoever guesses must not lock the cashier out.
  const status = isWrong && !mayBeWrong() ? 429 : 401;
  if (pathname.startsWith("/call/")) {
    response.writeHead(status, {
      ...HEADERS,
      "content-type": "application/json",
      "cache-control": "no-store",
      connection: "close",
    });
    response.end(JSON.stringify(refused("INTERNAL", { session: "none" })));
    return;
  }
  turnAway(
    response,
    status,
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

/** Says no and hangs up: who has no session gets no connection to keep either. */
function turnAway(response: ServerResponse, status: number, body: string): void {
  response.setHeader("connection", "close");
  text(response, status, body);
}

function text(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    ...HEADERS,
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(body);
}
