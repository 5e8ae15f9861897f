import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createHttpBridge } from "../../../renderer/bridge/http-bridge.ts";

let server: Server | null = null;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

/** A real server on the loopback; the handler gets path and body and gives status and text. */
async function serve(handle: (path: string, body: string) => [number, string] | null) {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const answer = handle(request.url ?? "", body);
      if (answer === null) return request.socket.destroy();
      response.writeHead(answer[0], { "content-type": "application/json" });
      response.end(answer[1]);
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("fetch bridge", () => {
  it("posts the input as JSON to the call's name and hands back the reply", async () => {
    const seen: string[] = [];
    const base = await serve((path, body) => {
      seen.push(path, body);
      return [200, JSON.stringify({ ok: true, value: { product: null } })];
    });
    const reply = await createHttpBridge(base).call("catalogue.find", { code: "690" });
    expect(reply).toEqual({ ok: true, value: { product: null } });
    expect(seen).toEqual(["/call/catalogue.find", '{"code":"690"}']);
  });

  it("hands back refusals whatever the HTTP status", async () => {
    const refusal = { ok: false, refusal: { code: "BAD_INPUT", details: { path: "code" } } };
    const base = await serve(() => [400, JSON.stringify(refusal)]);
    expect(await createHttpBridge(base).call("catalogue.find", { code: "" })).toEqual(refusal);
  });

  it("says that it got no answer instead of throwing", async () => {
    const offline = { ok: false, refusal: { code: "INTERNAL", details: { offline: true } } };
    const cut = await serve(() => null);
    expect(await createHttpBridge(cut).call("status.get", {})).toEqual(offline);
    const torn = await serve(() => [200, '{"ok":tr']);
    expect(await createHttpBridge(torn).call("status.get", {})).toEqual(offline);
  });
});
