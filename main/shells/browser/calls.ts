import type { IncomingMessage, ServerResponse } from "node:http";
import type { Reply } from "../../contract/dispatch.ts";
import type { RefusalBody } from "../../contract/refusals.ts";
import type { Till } from "../../till.ts";
import type { ShellLimits } from "./limits.ts";
import type { Session } from "./sessions.ts";

/** A basket of 500 lines with the longest names takes half of this. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
/** A product list of 16 MB as base64, and room for the rest of the request. */
const MAX_FILE_BODY_BYTES = 24 * 1024 * 1024;
/** The calls that carry a file. */
const FILE_CALLS: ReadonlySet<string> = new Set(["catalogue.preview", "catalogue.import"]);

interface CallContext {
  till: Till;
  session: Session;
  limits: ShellLimits;
  headers: Record<string, string>;
}

/** `POST /call/NAME` with a JSON body; the answer is always a JSON reply, whatever its HTTP status. */
export async function serveCall(
  { till, session, limits, headers }: CallContext,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = (status: number, reply: Reply) => {
    if (response.destroyed) return;
    response.writeHead(status, {
      ...headers,
      "content-type": "application/json",
      "cache-control": "no-store",
    });
    response.end(JSON.stringify(reply));
  };
  // Nothing was done, so the page may ask again, as it does when an answer got lost on the way.
  if (!session.mayCall() || session.callsUnderWay >= limits.callsUnderWay)
    return answer(429, refused("INTERNAL", { offline: true }));
  const type = request.headers["content-type"] ?? "";
  // A plain form cannot send this type without asking first, and nobody here answers such questions.
  if (!/^application\/json(?:;|$)/i.test(type.trim())) return answer(415, badInput("notJson"));
  session.callsUnderWay += 1;
  try {
    const body = await readBody(
      request,
      FILE_CALLS.has(name) ? MAX_FILE_BODY_BYTES : MAX_BODY_BYTES,
    );
    if (body === null) {
      // The rest of it is not worth reading.
      response.setHeader("connection", "close");
      return answer(413, badInput("tooLarge"));
    }
    const input = parse(body);
    if (input === undefined) return answer(400, badInput("notJson"));
    answer(200, await till.dispatch(name, input));
  } finally {
    session.callsUnderWay -= 1;
  }
}

export function refused(code: RefusalBody["code"], details: RefusalBody["details"]): Reply {
  return { ok: false, refusal: { code, details } };
}

function badInput(problem: string): Reply {
  return refused("BAD_INPUT", { path: "", problem });
}

/** The value of a JSON text in UTF-8, undefined when it is none. Nothing is replaced by U+FFFD. */
function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

/** The whole body, null when it is longer than the limit. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) return null;
  const chunks: Buffer[] = [];
  let length = 0;
  // Not destroyed when it is too long: the answer still has to go out on the same connection.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
