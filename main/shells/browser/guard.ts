import type { IncomingMessage } from "node:http";
import type { Session, Sessions } from "./sessions.ts";

/**
 * Why a request is turned away before anything looks at it, null when it may go on. Any web page can
 * make a browser send requests to 127.0.0.1, so the address has to be exactly ours (DNS rebinding)
 * and the sender too (cross-site requests); a page of another port is another origin.
 */
export function turnedAway(request: IncomingMessage, port: number): string | null {
  const own = `127.0.0.1:${port}`;
  // Of two host lines Node shows the first only; somebody in between might have gone by the second.
  if (request.headersDistinct["host"]?.length !== 1 || request.headers.host !== own)
    return "wrong host";
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${own}`) return "wrong origin";
  if (request.method === "POST" && origin === undefined) return "no origin";
  // Browsers always send it; `none` is a person opening the address. Other programs have the key only.
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return "other site";
  return null;
}

/** True for an address that only a program on this computer can have. */
export function isThisComputer(address: string | undefined): boolean {
  return address !== undefined && /^(::ffff:)?127(\.\d{1,3}){3}$|^::1$/.test(address);
}

/** What is asked for; null when it names another server (as to a proxy) or is no address at all. */
export function addressOf(request: IncomingMessage, port: number): URL | null {
  const path = request.url ?? "";
  if (!path.startsWith("/") || path.startsWith("//")) return null;
  return URL.parse(path, `http://127.0.0.1:${port}`);
}

/** Cookies are shared by all ports of a host: the name keeps two tills on one PC apart. */
export function cookieName(port: number): string {
  return `slipsure-${port}`;
}

/** The session a request comes with; `wrong`: it comes with a secret nobody knows. */
export function sessionOf(
  request: IncomingMessage,
  port: number,
  sessions: Sessions,
): Session | "wrong" | null {
  const prefix = `${cookieName(port)}=`;
  const secrets = (request.headers.cookie ?? "")
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part.startsWith(prefix))
    .map((part) => part.slice(prefix.length));
  for (const secret of secrets) {
    const session = sessions.find(secret);
    if (session) return session;
  }
  return secrets.length > 0 ? "wrong" : null;
}
