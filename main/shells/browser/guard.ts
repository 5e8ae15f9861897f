import type { IncomingMessage } from "node:http";
import type { Sessions } from "./sessions.ts";

/**
 * Why a request is turned away before anything looks at it, null when it may go on. Any web page can
 * make a browser send requests to 127.0.0.1, so the address has to be exactly ours (DNS rebinding)
 * and the sender too (cross-site requests); a page of another port is another origin.
 */
export function turnedAway(request: IncomingMessage, port: number): string | null {
  const own = `127.0.0.1:${port}`;
  if (request.headers.host !== own) return "wrong host";
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${own}`) return "wrong origin";
  if (request.method === "POST" && origin === undefined) return "no origin";
  // Browsers always send it; `none` is a person opening the address. Other programs have the key only.
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return "other site";
  return null;
}

/** Cookies are shared by all ports of a host: the name keeps two tills on one PC apart. */
export function cookieName(port: number): string {
  return `slipsure-${port}`;
}

export function hasSession(request: IncomingMessage, port: number, sessions: Sessions): boolean {
  const prefix = `${cookieName(port)}=`;
  return (request.headers.cookie ?? "")
    .split(";")
    .map((part) => part.trim())
    .some((part) => part.startsWith(prefix) && sessions.isKnown(part.slice(prefix.length)));
}
