import { Agent, request, type ClientRequest, type IncomingMessage } from "node:http";
import type { CallInput, CallName, CallOutput } from "../../../main/contract/calls.ts";
import type { TillStatus } from "../../../main/contract/status.ts";
import type { CallReply } from "../../../main/contract/wire.ts";

/** The page's end of the browser shell: calls over one kept connection, status over the feed. */
export class RendererClient {
  private readonly port: number;
  private readonly cookie: string;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  private readonly watchers = new Set<(status: TillStatus) => void>();
  private feed: ClientRequest | null = null;
  private newest: TillStatus | null = null;

  private constructor(port: number, cookie: string) {
    this.port = port;
    this.cookie = cookie;
  }

  /** @param url the address the shell printed, with its one-time key */
  static async open(url: string): Promise<RendererClient> {
    const { port, pathname, search } = new URL(url);
    const answer = await get(Number(port), pathname + search, {});
    answer.resume();
    const cookie = (answer.headers["set-cookie"]?.[0] ?? "").split(";")[0] ?? "";
    if (cookie === "") throw new Error(`no session: ${answer.statusCode}`);
    const client = new RendererClient(Number(port), cookie);
    await client.listen();
    return client;
  }

  /** @throws Error on any refusal */
  async call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    const body = JSON.stringify(input);
    const reply = await new Promise<CallReply<N>>((resolve, reject) => {
      const post = request(
        {
          host: "127.0.0.1",
          port: this.port,
          agent: this.agent,
          method: "POST",
          path: `/call/${name}`,
          headers: {
            cookie: this.cookie,
            origin: `http://127.0.0.1:${this.port}`,
            "content-type": "application/json",
            "content-length": Buffer.byteLength(body),
          },
        },
        (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (part: string) => (text += part));
          response.on("end", () => resolve(JSON.parse(text) as CallReply<N>));
        },
      );
      post.on("error", reject);
      post.end(body);
    });
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.refusal)}`);
    return reply.value;
  }

  /** Calls `listener` with every status; the returned function ends that. */
  watch(listener: (status: TillStatus) => void): () => void {
    this.watchers.add(listener);
    if (this.newest) listener(this.newest);
    return () => this.watchers.delete(listener);
  }

  /** The first status of which `check` holds, and when it was read. */
  until(check: (status: TillStatus) => boolean): Promise<{ status: TillStatus; atNs: bigint }> {
    return new Promise((resolve) => {
      const look = (status: TillStatus) => {
        if (!check(status)) return;
        this.watchers.delete(look);
        resolve({ status, atNs: process.hrtime.bigint() });
      };
      this.watch(look);
    });
  }

  close(): void {
    this.feed?.destroy();
    this.agent.destroy();
  }

  private async listen(): Promise<void> {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = { host: "127.0.0.1", port: this.port, headers: { cookie: this.cookie } };
      this.feed = request({ ...options, path: "/feed" }, resolve);
      this.feed.on("error", reject);
      this.feed.end();
    });
    let text = "";
    answer.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        this.take(text.slice(0, end));
        text = text.slice(end + 2);
      }
    });
    answer.on("error", () => {});
  }

  private take(event: string): void {
    const data = /^event: status\ndata: (.*)$/.exec(event)?.[1];
    if (data === undefined) return;
    const status = JSON.parse(data) as TillStatus;
    this.newest = status;
    for (const watcher of [...this.watchers]) watcher(status);
  }
}

function get(
  port: number,
  path: string,
  headers: Record<string, string>,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path, headers }, resolve).on("error", reject).end();
  });
}
