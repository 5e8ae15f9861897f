import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TILL_FEEDS } from "../../../main/shells/feeds.ts";
import { keepSessions } from "../../../main/shells/browser/kept-sessions.ts";
import { serveTill, type BrowserShell } from "../../../main/shells/browser/server.ts";
import { standInTill } from "../support/stand-in-till.ts";

let dir: string;
let shell: BrowserShell;
let standIn: ReturnType<typeof standInTill>;
const incidents: unknown[] = [];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "slipsure-shell-"));
  const pageDir = join(dir, "page");
  mkdirSync(join(pageDir, "assets"), { recursive: true });
  writeFileSync(join(pageDir, "index.html"), "<!doctype html><title>till</title>");
  writeFileSync(join(pageDir, "assets", "a-1.js"), "export {};");
  writeFileSync(join(pageDir, ".stamp.json"), "{}");
  writeFileSync(join(dir, "secret.json"), "{}");
  standIn = standInTill();
  incidents.length = 0;
  const report = (...incident: unknown[]) => String(incidents.push(incident));
  shell = await serveTill({ till: standIn.till, pageDir, port: 0, report });
});

afterEach(async () => {
  await shell.close();
  rmSync(dir, { recursive: true });
  expect(incidents).toEqual([]);
});

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  body: string;
}

function send(
  path: string,
  options: { method?: string; headers?: OutgoingHttpHeaders; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: "127.0.0.1",
        port: shell.port,
        path,
        method: options.method,
        headers: options.headers,
      },
      (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (text: string) => (body += text));
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    request.on("error", reject);
    request.end(options.body);
  });
}

async function signIn(): Promise<string> {
  const answer = await send(pathOf(shell.openingUrl()));
  return (answer.headers["set-cookie"]?.[0] ?? "").split(";")[0] ?? "";
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

function origin(): string {
  return `http://127.0.0.1:${shell.port}`;
}

function post(name: string, headers: OutgoingHttpHeaders, body = "{}") {
  return send(`/call/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
}

test("a key opens the till once and leaves the address", async () => {
  const path = pathOf(shell.openingUrl());
  const first = await send(path);
  expect(first.status).toBe(303);
  expect(first.headers.location).toBe("/");
  expect(first.headers["set-cookie"]?.[0]).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
  expect((await send(path)).status).toBe(401);
  expect((await send("/?key=guess")).status).toBe(401);
});

test("a key can lead to one route of the page, and to no other address", async () => {
  const to = async (route: string) =>
    (await send(pathOf(shell.openingUrl({ route })))).headers.location;
  expect(await to("/print/day/3")).toBe("/#/print/day/3");
  expect(await to("//elsewhere.example")).toBe("/");
  expect(await to("https://elsewhere.example")).toBe("/");
  expect(await to("/x\r\nset-cookie: a=b")).toBe("/");
});

test("a key with a short life is worth nothing afterwards", async () => {
  const path = pathOf(shell.openingUrl({ lifeMs: -1 }));
  expect((await send(path)).status).toBe(401);
});

test("without a session there is no page, no call and no feed", async () => {
  expect((await send("/")).status).toBe(401);
  expect((await send("/feed")).status).toBe(401);
  expect((await send("/assets/a-1.js")).status).toBe(401);
  const call = await post("status.get", { origin: origin() });
  expect(call.status).toBe(401);
  expect(JSON.parse(call.body)).toEqual({
    ok: false,
    refusal: { code: "INTERNAL", details: { session: "none" } },
  });
  expect((await send("/", { headers: { cookie: `slipsure-${shell.port}=guess` } })).status).toBe(
    401,
  );
});

test("a call reaches the till and its answer comes back", async () => {
  const cookie = await signIn();
  const answer = await post("status.get", { cookie, origin: origin() }, '{"a":1}');
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toEqual({
    ok: true,
    value: { name: "status.get", input: { a: 1 } },
  });
});

test("foreign hosts, origins and sites are turned away even with a session", async () => {
  const cookie = await signIn();
  const status = async (headers: OutgoingHttpHeaders) =>
    (await post("status.get", { cookie, ...headers })).status;
  expect(await status({ origin: origin(), host: `localhost:${shell.port}` })).toBe(403);
  expect(await status({ origin: origin(), host: "till.example" })).toBe(403);
  expect(await status({ origin: "http://127.0.0.1:1" })).toBe(403);
  expect(await status({ origin: "null" })).toBe(403);
  expect(await status({})).toBe(403);
  expect(await status({ origin: origin(), "sec-fetch-site": "cross-site" })).toBe(403);
  expect(await status({ origin: origin(), "sec-fetch-site": "same-origin" })).toBe(200);
  const foreignFeed = { cookie, "sec-fetch-site": "same-site" };
  expect((await send("/feed", { headers: foreignFeed })).status).toBe(403);
});

test("only JSON of a bearable size is a call", async () => {
  const cookie = await signIn();
  const headers = { cookie, origin: origin() };
  expect((await post("x", { ...headers, "content-type": "text/plain" })).status).toBe(415);
  expect((await post("x", headers, "{")).status).toBe(400);
  const tooLong = JSON.stringify("x".repeat(24 * 1024 * 1024));
  expect((await post("x", headers, tooLong)).status).toBe(413);
  expect((await post("x", { ...headers, "transfer-encoding": "chunked" }, tooLong)).status).toBe(
    413,
  );
  const longest = JSON.stringify("x".repeat(24 * 1024 * 1024 - 2));
  expect((await post("catalogue.preview", headers, longest)).status).toBe(200);
  expect((await post("x", headers, longest)).status).toBe(413);
});

test("the page is served with its headers, and nothing beside it", async () => {
  const cookie = await signIn();
  const get = (path: string) => send(path, { headers: { cookie } });
  const page = await get("/");
  expect(page.body).toContain("<title>till</title>");
  expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(page.headers["cache-control"]).toBe("no-store");
  expect(page.headers["x-content-type-options"]).toBe("nosniff");
  const policy = page.headers["content-security-policy"] ?? "";
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toContain("unsafe");
  expect((await get("/assets/a-1.js")).headers["cache-control"]).toContain("immutable");
  for (const path of [
    "/../secret.json",
    "/%2e%2e/secret.json",
    "/assets/..%2f..%2fsecret.json",
    "/assets/..%5c..%5csecret.json",
    "/.stamp.json",
    "/assets",
    "/nothing.html",
    "/%00.html",
    "/%zz.html",
  ])
    expect((await get(path)).status, path).toBe(404);
  expect((await send("/", { method: "DELETE", headers: { cookie } })).status).toBe(405);
  expect((await send("/", { method: "HEAD", headers: { cookie } })).body).toBe("");
});

test("the feed starts with the newest values, goes on with new ones and lets go of the till", async () => {
  const cookie = await signIn();
  const response = await new Promise<IncomingMessage>((resolve) => {
    httpRequest({ host: "127.0.0.1", port: shell.port, path: "/feed", headers: { cookie } })
      .on("response", resolve)
      .end();
  });
  expect(response.headers["content-type"]).toContain("text/event-stream");
  let seen = "";
  response.setEncoding("utf8");
  const until = async (text: string) => {
    for await (const chunk of response.iterator({ destroyOnReturn: false })) {
      seen += String(chunk);
      if (seen.includes(text)) return;
    }
  };
  await until('event: paper\ndata: {"slips":1,"totalMm":80}\n\n');
  standIn.publish("status", { cashier: "李\n雷" });
  await until('event: status\ndata: {"cashier":"李\\n雷"}\n\n');
  expect(standIn.listening()).toBe(TILL_FEEDS.length);
  response.destroy();
  await expect.poll(() => standIn.listening()).toBe(0);
});

test("the customers' feed has the customers' screen in it and nothing else", async () => {
  const cookie = await signIn();
  const response = await new Promise<IncomingMessage>((resolve) => {
    httpRequest({
      host: "127.0.0.1",
      port: shell.port,
      path: "/customer-feed",
      headers: { cookie },
    })
      .on("response", resolve)
      .end();
  });
  let seen = "";
  response.setEncoding("utf8").on("data", (text: string) => (seen += text));
  await expect.poll(() => standIn.listening()).toBe(1);
  standIn.publish("status", { cashier: "李雷" });
  standIn.publish("customer", { phase: "idle" });
  await expect.poll(() => seen).toContain('event: customer\ndata: {"phase":"idle"}\n\n');
  expect(seen.match(/event: /g)).toHaveLength(1);
  response.destroy();
});

/** The shell ends and another process begins on the same folder and port. */
async function startAgain(atMs = Date.now()): Promise<void> {
  await shell.close();
  const kept = keepSessions(
    dir,
    (error) => incidents.push(error),
    () => atMs,
  );
  const pageDir = join(dir, "page");
  const report = (...incident: unknown[]) => String(incidents.push(incident));
  shell = await serveTill({ till: standIn.till, pageDir, port: kept.lastPort, report, kept });
}

const DAY_MS = 24 * 60 * 60_000;

test("a session goes on after a restart on the same port, and no file holds its secret", async () => {
  await startAgain();
  const cookie = await signIn();
  const { port } = shell;
  const file = join(dir, ".browser-sessions.json");
  expect(readFileSync(file, "utf8")).not.toContain(cookie.split("=")[1]);
  // Whatever the file before it was open to.
  chmodSync(file, 0o666);
  writeFileSync(`${file}.part`, "", { mode: 0o666 });
  for (const round of [1, 2]) {
    await startAgain();
    expect(shell.port, `round ${round}`).toBe(port);
    expect((await post("status.get", { cookie, origin: origin() })).status).toBe(200);
    if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
  }
  const guess = `slipsure-${port}=guess`;
  expect((await post("status.get", { cookie: guess, origin: origin() })).status).toBe(401);
});

test("a used key stays used over a restart, and a page for printing is not let in again", async () => {
  await startAgain();
  const used = pathOf(shell.openingUrl());
  await send(used);
  const forNow = await send(pathOf(shell.openingUrl({ route: "/print/day/3", forNow: true })));
  const cookie = (forNow.headers["set-cookie"]?.[0] ?? "").split(";")[0] ?? "";
  expect((await send("/", { headers: { cookie } })).status).toBe(200);
  await startAgain();
  expect((await send(used)).status).toBe(401);
  expect((await send("/", { headers: { cookie } })).status).toBe(401);
});

test("a session nobody used for a week is forgotten; a clock set back forgets none", async () => {
  const startMs = Date.now();
  await startAgain(startMs);
  const cookie = await signIn();
  const status = async () => (await send("/", { headers: { cookie } })).status;
  await startAgain(startMs - DAY_MS);
  expect(await status()).toBe(200);
  await startAgain(startMs + 5 * DAY_MS);
  expect(await status()).toBe(200);
  await startAgain(startMs + 11 * DAY_MS);
  expect(await status()).toBe(200);
  await startAgain(startMs + 19 * DAY_MS);
  expect(await status()).toBe(401);
});

test("a file of sessions that is damaged costs the sessions and nothing else", async () => {
  await startAgain();
  const cookie = await signIn();
  writeFileSync(join(dir, ".browser-sessions.json"), '{"port":0,"sessions":[{}]}');
  await startAgain();
  expect(incidents.splice(0)).toHaveLength(1);
  expect((await send("/", { headers: { cookie } })).status).toBe(401);
  const anew = await signIn();
  expect((await send("/", { headers: { cookie: anew } })).status).toBe(200);
});
