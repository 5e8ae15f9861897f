import { readFile, realpath } from "node:fs/promises";
import { extname, join, resolve, sep } from "node:path";

/** Files the page may be made of. What is not in this list is not served. */
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".mp3": "audio/mpeg",
  ".ogg": "audio/ogg",
  ".wav": "audio/wav",
};

export interface PageFile {
  body: Uint8Array<ArrayBuffer>;
  type: string;
  /** Its name carries a hash of its content, so it never changes. */
  immutable: boolean;
}

/**
 * A file of the built page, or null when there is none by that address. `pathname` is the still
 * encoded path of a URL; nothing outside `rootDir` and no hidden file can be reached with it, not through
 * a link either.
 */
export async function readPageFile(rootDir: string, pathname: string): Promise<PageFile | null> {
  const path = pagePath(rootDir, pathname);
  const type = path === null ? undefined : TYPES[extname(path).toLowerCase()];
  if (path === null || type === undefined) return null;
  try {
    if (!(await realpath(path)).startsWith((await realpath(rootDir)) + sep)) return null;
    const body = new Uint8Array(await readFile(path));
    return { body, type, immutable: pathname.startsWith("/assets/") };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Where in the file system an address of the page leads, null when it may lead nowhere. */
function pagePath(rootDir: string, pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  // Windows takes more for a way out, and some names for a device wherever they stand (naming a file, CON).
  const hasTraps = /[\p{Cc}"*:<>?|\\]|(^|\/)\.|\/\//u.test(decoded) || !decoded.startsWith("/");
  if (hasTraps || DEVICE.test(decoded)) return null;
  const root = resolve(rootDir);
  const path = resolve(join(root, decoded === "/" ? "index.html" : decoded));
  return path.startsWith(root + sep) ? path : null;
}

const DEVICE = /(^|\/)(aux|con|nul|prn|com\d|lpt\d)[. ]*(\.|\/|$)/i;

/** No such file, or a name that no file can have. */
const MISSING = new Set(["ENOENT", "EISDIR", "ENOTDIR", "ENAMETOOLONG", "ELOOP", "EINVAL"]);

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && MISSING.has(String(error.code));
}

/**
 * What the page may do, for every answer of both shells. Inline styles and scripts, frames, forms
 * and foreign addresses are out; `connect` is where `fetch` and `EventSource` may go.
 */
export function securityHeaders(connect: "'self'" | "'none'"): Record<string, string> {
  return {
    "content-security-policy":
      "default-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
      `connect-src ${connect}; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  };
}
