import type { ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";

/** The DevTools protocol of one Chromium, spoken over its own pipe: no port that others could use. */
export interface DevtoolsPipe {
  /** Resolves to the command's result; rejects with Chromium's message or when it ends. */
  send(method: string, params: object, sessionId?: string): Promise<Record<string, unknown>>;
}

interface Message {
  id?: number;
  result?: Record<string, unknown>;
  error?: { message: string };
}

/**
 * For a child started with `--remote-debugging-pipe` and pipes as descriptors 3 (in) and 4 (out).
 * Messages are JSON, each ended by a zero byte (chrome/docs: remote-debugging-pipe).
 */
export function openDevtoolsPipe(child: ChildProcess): DevtoolsPipe {
  const input = child.stdio[3] as Writable;
  const output = child.stdio[4] as Readable;
  const waiting = new Map<
    number,
    { done: (message: Message) => void; gone: (why: Error) => void }
  >();
  let lastId = 0;
  let rest = "";
  let ended: Error | null = null;

  output.setEncoding("utf8");
  output.on("data", (text: string) => {
    const parts = (rest + text).split("\0");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const message = JSON.parse(part) as Message;
      if (message.id === undefined) continue;
      waiting.get(message.id)?.done(message);
      waiting.delete(message.id);
    }
  });
  const end = (cause?: unknown) => {
    ended ??= new Error("The browser ended before the page was printed.", { cause });
    for (const { gone } of waiting.values()) gone(ended);
    waiting.clear();
  };
  child.once("exit", () => end());
  child.once("error", end);
  input.on("error", end);
  output.on("error", end);

  return {
    send: (method, params, sessionId) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        const id = ++lastId;
        waiting.set(id, {
          done: (message) =>
            message.error
              ? reject(new Error(`${method}: ${message.error.message}`))
              : resolve(message.result ?? {}),
          gone: reject,
        });
        input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      }),
  };
}
