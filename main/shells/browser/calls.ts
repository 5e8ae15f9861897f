import type { IncomingMessage, ServerResponse } from "node:http";
import type { Reply } from "../../contract/dispatch.ts";
import type { RefusalBody } from "../../contract/refusals.ts";
import type { Till } from "../../till.ts";

/** A product list of 16 MB as base64, and room for the rest of the request. */
const MAX_BODY_BYTES = 24 * 1024 * 1024;

/** `POST /call/NAME` with a JSON body; the answer is always a JSON reply, whatever its HTTP status. */
export async function serveCall(
  till: Till,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  headers: Record<string, string>,
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
  const type = request.headers["content-type"] ?? "";
  // A plain form cannot send this type without asking first, and nobody here answers such questions.
  if (!/^application\/json\b/i.test(type)) return answer(415, badInput("notJson"));
  const body = await readBody(request);
  if (body === null) {
    // The rest of it is not worth reading.
    response.setHeader("connection", "close");
    return answer(413, badInput("tooLarge"));
  }
  let input: unknown;
  try {
    input = JSON.parse(body);
  } catch {
    return answer(400, badInput("notJson"));
  }
  answer(200, await till.dispatch(name, input));
}

export function refused(code: RefusalBody["code"], details: RefusalBody["details"]): Reply {
  return { ok: false, refusal: { code, details } };
}

function badInput(problem: string): Reply {
  return refused("BAD_INPUT", { path: "", problem });
}

/** The whole body as text, null when it is longer than the limit. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  if (Number(request.headers["content-length"] ?? 0) > MAX_BODY_BYTES) return null;
  const chunks: Buffer[] = [];
  let length = 0;
  // Not destroyed when it is too long: the answer still has to go out on the same connection.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
