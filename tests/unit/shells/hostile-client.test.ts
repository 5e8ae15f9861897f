import { once } from "node:events";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { connect, createConnection, type Socket } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isThisComputer } from "../../../main/shells/browser/guard.ts";
import type { ShellLimits } from "../../../main/shells/browser/limits.ts";
import { serveTill, type BrowserShell } from "../../../main/shells/browser/server.ts";
import { TILL_FEEDS } from "../../../main/shells/feeds.ts";
import { standInTill } from "../support/stand-in-till.ts";
import { tempDir } from "../support/temp-dir.ts";

/* What no well-behaved client would send, byte by byte: `fetch` and `http.request` would tidy it up. */

interface Bench {
  shell: BrowserShell;
  standIn: ReturnType<typeof standInTill>;
  incidents: unknown[];
  pageDir: string;
  /** Host line and blank line of a request, and what stands between them. */
  request: (first: string, lines?: string[], body?: string) => string;
  /** Lines that a page of the till sends with every request. */
  signIn: () => Promise<string[]>;
}

async function open(limits: Partial<ShellLimits> = {}): Promise<Bench> {
  const dir = tempDir();
  const pageDir = join(dir, "page");
  mkdirSync(pageDir);
  writeFileSync(join(pageDir, "index.html"), "<!doctype html><title>till</title>");
  writeFileSync(join(dir, "secret.json"), '{"secret":1}');
  const standIn = standInTill();
  const incidents: unknown[] = [];
  const report = (...incident: unknown[]) => String(incidents.push(incident));
  const shell = await serveTill({ till: standIn.till, pageDir, port: 0, report, limits });
  onTestFinished(async () => {
    await shell.close();
    expect(incidents).toEqual([]);
  });
  const request: Bench["request"] = (first, lines = [], body = "") =>
    [`${first} HTTP/1.1`, `Host: 127.0.0.1:${shell.port}`, ...lines, "", body].join("\r\n");
  const signIn = async () => {
    const { pathname, search } = new URL(shell.openingUrl());
    const answer = await exchange(shell.port, request(`GET ${pathname}${search}`, CLOSE));
    const cookie = /^set-cookie: ([^;]+)/im.exec(answer)?.[1] ?? "";
    return [`Cookie: ${cookie}`, `Origin: http://127.0.0.1:${shell.port}`];
  };
  return { shell, standIn, incidents, pageDir, request, signIn };
}

const CLOSE = ["Connection: close"];
const JSON_TYPE = "Content-Type: application/json";

/** Sends bytes as they are; everything that comes back until the other side hangs up. */
async function exchange(port: number, ...parts: string[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.setEncoding("latin1").on("data", (text: string) => (answer += text));
  socket.on("error", () => {});
  for (const part of parts) socket.write(part, "latin1");
  await closed(socket);
  return answer;
}

/** Resolves when a connection is over, however it ended: `once` would reject a reset. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once("close", () => resolve()));
}

function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
}

function call(bench: Bench, lines: string[], body = "{}", name = "status.get"): string {
  const length = `Content-Length: ${Buffer.byteLength(body, "latin1")}`;
  return bench.request(`POST /call/${name}`, [...lines, JSON_TYPE, length, ...CLOSE], body);
}

test("only programs on this computer are let in", async () => {
  for (const own of ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"])
    expect(isThisComputer(own), own).toBe(true);
  for (const other of [
    undefined,
    "",
    "192.168.1.5",
    "::ffff:10.0.0.1",
    "1127.0.0.1",
    "127.0.0.1.5",
  ])
    expect(isThisComputer(other), other).toBe(false);
});

test("one host line that is exactly ours, or nothing", async () => {
  const bench = await open();
  const own = `127.0.0.1:${bench.shell.port}`;
  const lines = await bench.signIn();
  const withHosts = (...hosts: string[]) =>
    exchange(
      bench.shell.port,
      ["GET / HTTP/1.1", ...hosts.map((host) => `Host: ${host}`), ...lines, ...CLOSE, "", ""].join(
        "\r\n",
      ),
    ).then(statusOf);
  expect(await withHosts(own)).toBe(200);
  for (const host of [
    "127.0.0.1",
    "127.0.0.1:1",
    `localhost:${bench.shell.port}`,
    `LOCALHOST:${bench.shell.port}`,
    `127.1:${bench.shell.port}`,
    `2130706433:${bench.shell.port}`,
    `0x7f.1:${bench.shell.port}`,
    `[::ffff:127.0.0.1]:${bench.shell.port}`,
    `${own}.evil.example`,
    `evil.example:${bench.shell.port}`,
    `user@${own}`,
    `${own}, ${own}`,
    "",
  ])
    expect([host, await withHosts(host)]).toEqual([host, 403]);
  expect(await withHosts()).toBe(400);
  expect(await withHosts(own, "evil.example")).toBe(403);
  expect(await withHosts("evil.example", own)).toBe(403);
  const old = await exchange(bench.shell.port, `GET / HTTP/1.0\r\n${lines.join("\r\n")}\r\n\r\n`);
  expect(statusOf(old)).toBe(403);
});

test("an address of another server, or none at all, is refused and reported by nobody", async () => {
  const bench = await open();
  const lines = [...(await bench.signIn()), ...CLOSE];
  for (const address of [
    `http://127.0.0.1:${bench.shell.port}/`,
    "http://evil.example/",
    "http://[",
    "//[",
    "//evil.example/",
    "*",
  ]) {
    const answer = await exchange(bench.shell.port, bench.request(`GET ${address}`, lines));
    expect([address, statusOf(answer)]).toEqual([address, 400]);
  }
  const tunnel = await exchange(bench.shell.port, bench.request("CONNECT evil.example:443", lines));
  expect(tunnel).toBe("");
});

test("no other site is ever told that it may", async () => {
  const bench = await open();
  const cookie = (await bench.signIn())[0] ?? "";
  const ask = (first: string, ...lines: string[]) =>
    exchange(bench.shell.port, bench.request(first, [cookie, ...CLOSE, ...lines]));
  for (const origin of [
    "null",
    "https://evil.example",
    `https://127.0.0.1:${bench.shell.port}`,
    `http://127.0.0.1:${bench.shell.port}/`,
    `http://127.0.0.1:${bench.shell.port}, http://evil.example`,
    `HTTP://127.0.0.1:${bench.shell.port}`,
    "",
  ]) {
    const preflight = await ask(
      "OPTIONS /call/status.get",
      `Origin: ${origin}`,
      "Access-Control-Request-Method: POST",
      "Access-Control-Request-Private-Network: true",
    );
    expect([origin, statusOf(preflight)]).toEqual([origin, 403]);
    expect(preflight).not.toMatch(/access-control/i);
    for (const path of ["/feed", "/", "/call/status.get"])
      expect(statusOf(await ask(`GET ${path}`, `Origin: ${origin}`))).toBe(403);
  }
  const own = await ask("OPTIONS /", `Origin: http://127.0.0.1:${bench.shell.port}`);
  expect(statusOf(own)).toBe(405);
  expect(own).not.toMatch(/access-control/i);
  for (const site of ["cross-site", "same-site", "nonsense"])
    expect(statusOf(await ask("GET /feed", `Sec-Fetch-Site: ${site}`))).toBe(403);
  const socket = await exchange(
    bench.shell.port,
    bench.request("GET /", [cookie, "Connection: Upgrade, close", "Upgrade: websocket"]),
  );
  expect(socket).not.toMatch(/^HTTP\/1\.1 101/);
});

test("every answer carries the headers that keep a page in its place", async () => {
  const bench = await open();
  const lines = [...(await bench.signIn()), ...CLOSE];
  for (const answer of [
    await exchange(bench.shell.port, bench.request("GET /", lines)),
    await exchange(bench.shell.port, bench.request("GET /nothing.html", lines)),
    await exchange(bench.shell.port, bench.request("GET /", CLOSE)),
    await exchange(bench.shell.port, bench.request("GET http://x/", lines)),
    await exchange(bench.shell.port, call(bench, lines)),
    await exchange(bench.shell.port, call(bench, [])),
  ]) {
    for (const header of [
      /^content-security-policy: .*frame-ancestors 'none'/im,
      /^x-content-type-options: nosniff/im,
      /^referrer-policy: no-referrer/im,
      /^cross-origin-opener-policy: same-origin/im,
      /^cross-origin-resource-policy: same-origin/im,
      /^permissions-policy: .*usb=\(\)/im,
      /^cache-control: no-store/im,
    ])
      expect(answer).toMatch(header);
    expect(answer).not.toMatch(/^(server|x-powered-by|access-control-[a-z-]+):/im);
  }
});

test("a request that says two lengths, or lies about one, is no call", async () => {
  const bench = await open();
  const calls: string[] = [];
  bench.standIn.till.dispatch = (name) => {
    calls.push(name);
    return Promise.resolve({ ok: true, value: null });
  };
  const lines = [...(await bench.signIn()), JSON_TYPE];
  const post = (extra: string[], body: string) =>
    exchange(bench.shell.port, bench.request("POST /call/a", [...lines, ...extra], body)).then(
      statusOf,
    );
  const hidden = `0\r\n\r\n${call(bench, lines, "{}", "smuggled")}`;
  expect(await post(["Content-Length: 2", "Transfer-Encoding: chunked"], hidden)).toBe(400);
  expect(await post(["Transfer-Encoding: chunked", "Content-Length: 2"], hidden)).toBe(400);
  expect(await post(["Content-Length: 2", "Content-Length: 3"], "{}}")).toBe(400);
  expect(await post(["Content-Length: -2"], "{}")).toBe(400);
  expect(await post(["Content-Length: 2e1"], "{}")).toBe(400);
  expect(await post(["Transfer-Encoding: xchunked"], hidden)).toBe(400);
  expect(await post(["Transfer-Encoding: chunked"], "zz\r\n{}\r\n0\r\n\r\n")).toBe(400);
  expect(await post([" Folded: yes", "Content-Length: 2", ...CLOSE], "{}")).toBe(400);
  expect(await post(["Content-Length : 2"], "{}")).toBe(400);
  expect(await post(["Expect: 100-continue", "Content-Length: 2"], "{}")).toBe(417);
  expect(await post(["Expect: miracles", "Content-Length: 2"], "{}")).toBe(417);
  expect(await exchange(bench.shell.port, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")).toMatch(
    /^HTTP\/1\.1 400/,
  );
  const long = bench.request("GET /", [`X: ${"x".repeat(20_000)}`]);
  expect(statusOf(await exchange(bench.shell.port, long))).toBe(431);
  expect(calls).toEqual([]);
});

test("only whole UTF-8 JSON by its own name is read", async () => {
  const bench = await open();
  const lines = await bench.signIn();
  const typed = (type: string) =>
    exchange(
      bench.shell.port,
      bench.request(
        "POST /call/x",
        [...lines, ...CLOSE, `Content-Type: ${type}`, "Content-Length: 2"],
        "{}",
      ),
    ).then(statusOf);
  expect(await typed("application/json; charset=utf-8")).toBe(200);
  for (const type of [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/json-patch+json",
    "application/jsonp",
    "text/plain; application/json",
    "",
  ])
    expect([type, await typed(type)]).toEqual([type, 415]);
  // GBK for 中; a half of a character; nothing; two values.
  for (const body of ['{"a":"\xd6\xd0"}', '{"a":"\xe4\xb8"}', "", "{}{}", "NaN", "\x00"])
    expect(statusOf(await exchange(bench.shell.port, call(bench, lines, body)))).toBe(400);
});

test("a key dies by itself, and guessing keys ends in silence while the right one still works", async () => {
  const bench = await open({ keyLifeMs: 0, wrongSecrets: { burst: 3, perSecond: 0 } });
  const get = (path: string, lines: string[] = []) =>
    exchange(bench.shell.port, bench.request(`GET ${path}`, [...lines, ...CLOSE]));
  const pathOf = (url: string) => url.slice(url.indexOf("/?"));
  const old = pathOf(bench.shell.openingUrl());
  await new Promise((resolve) => setImmediate(resolve));
  const seen = [statusOf(await get(old))];
  for (let n = 0; n < 3; n += 1) seen.push(statusOf(await get(`/?key=guess-${n}`)));
  const cookie = `Cookie: slipsure-${bench.shell.port}=guess`;
  seen.push(statusOf(await get("/", [cookie])), statusOf(await get("/feed", [cookie])));
  expect(seen).toEqual([401, 401, 401, 429, 429, 429]);
  expect(statusOf(await get(pathOf(bench.shell.openingUrl({ lifeMs: 60_000 }))))).toBe(303);
});

test("a session outlives any number of others that were made after it and are not used", async () => {
  const bench = await open();
  const lines = await bench.signIn();
  for (let n = 0; n < 150; n += 1) {
    await bench.signIn();
    if (n % 50 === 0)
      await exchange(bench.shell.port, bench.request("GET /", [...lines, ...CLOSE]));
  }
  for (let n = 0; n < 150; n += 1) await bench.signIn();
  const answer = await exchange(bench.shell.port, bench.request("GET /", [...lines, ...CLOSE]));
  expect(statusOf(answer)).toBe(200);
});

test("a page that runs wild is slowed down, another one is not", async () => {
  const bench = await open({ calls: { burst: 5, perSecond: 0 } });
  const [wild, calm] = [await bench.signIn(), await bench.signIn()];
  const once5 = call(bench, wild).replace("Connection: close\r\n", "");
  // All on one connection, none waiting for the answer before.
  const answer = await exchange(bench.shell.port, once5.repeat(7), call(bench, wild));
  const codes = [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
  expect(codes).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
  expect(answer).toContain('"offline":true');
  expect(statusOf(await exchange(bench.shell.port, call(bench, calm)))).toBe(200);
});

test("calls that wait for the till are counted, and their place is free again afterwards", async () => {
  const bench = await open({ callsUnderWay: 2 });
  const lines = await bench.signIn();
  const waiting: (() => void)[] = [];
  const bothCame = Promise.withResolvers<undefined>();
  bench.standIn.till.dispatch = () =>
    new Promise((resolve) => {
      waiting.push(() => resolve({ ok: true, value: null }));
      if (waiting.length === 2) bothCame.resolve(undefined);
    });
  const two = [1, 2].map(() => exchange(bench.shell.port, call(bench, lines)));
  await bothCame.promise;
  expect(statusOf(await exchange(bench.shell.port, call(bench, lines)))).toBe(429);
  for (const answer of waiting) answer();
  expect((await Promise.all(two)).map(statusOf)).toEqual([200, 200]);
  bench.standIn.till.dispatch = () => Promise.resolve({ ok: true, value: null });
  expect(statusOf(await exchange(bench.shell.port, call(bench, lines)))).toBe(200);
});

test("feeds are limited, one that nobody reads is cut off, and every one lets go of the till", async () => {
  const bench = await open({ feedsPerSession: 2 });
  const lines = await bench.signIn();
  const feed = async (): Promise<Socket> => {
    const socket = createConnection(bench.shell.port, "127.0.0.1").on("error", () => {});
    socket.write(bench.request("GET /feed", lines));
    await once(socket, "readable");
    return socket;
  };
  const [first, second] = [await feed(), await feed()];
  const third = await exchange(bench.shell.port, bench.request("GET /feed", [...lines, ...CLOSE]));
  expect(statusOf(third)).toBe(429);
  // A HEAD of a feed would never end and never be read.
  const head = await exchange(bench.shell.port, bench.request("HEAD /feed", [...lines, ...CLOSE]));
  expect(statusOf(head)).toBe(404);
  second.destroy();
  await expect.poll(() => bench.standIn.listening()).toBe(TILL_FEEDS.length);
  // Nobody reads the first: it is paused after its first packet.
  const large = "x".repeat(1024 * 1024);
  for (let n = 0; n < 30; n += 1) bench.standIn.publish("status", large);
  await expect.poll(() => bench.standIn.listening()).toBe(0);
  first.destroy();
  (await feed()).destroy();
});

test("who sends slowly, or nothing at all, is hung up on", async () => {
  const bench = await open({ headersMs: 150, requestMs: 300 });
  const lines = await bench.signIn();
  const silent = exchange(bench.shell.port);
  const half = exchange(
    bench.shell.port,
    `GET / HTTP/1.1\r\nHost: 127.0.0.1:${bench.shell.port}\r\n`,
  );
  const body = exchange(
    bench.shell.port,
    bench.request("POST /call/x", [...lines, JSON_TYPE, "Content-Length: 1000"], "{"),
  );
  expect((await Promise.all([silent, half, body])).map((answer) => answer.slice(0, 12))).toEqual([
    "HTTP/1.1 408",
    "HTTP/1.1 408",
    "HTTP/1.1 408",
  ]);
});

test("connections are limited, and closing ends every one", async () => {
  const bench = await open({ connections: 3 });
  const sockets = [1, 2, 3].map(() =>
    connect(bench.shell.port, "127.0.0.1")
      .on("error", () => {})
      .setEncoding("latin1"),
  );
  const [, half, feed] = sockets;
  if (!half || !feed) throw new Error("no sockets");
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  expect(await exchange(bench.shell.port, bench.request("GET /", CLOSE))).toBe("");
  half.write("GET / HT");
  const { pathname, search } = new URL(bench.shell.openingUrl());
  feed.write(bench.request(`GET ${pathname}${search}`));
  const cookie = /^set-cookie: ([^;]+)/im.exec(String((await once(feed, "data"))[0]))?.[1];
  feed.write(bench.request("GET /feed", [`Cookie: ${cookie}`]));
  expect(String((await once(feed, "data"))[0])).toContain("text/event-stream");
  for (const socket of sockets) socket.resume();
  const ended = sockets.map(closed);
  await bench.shell.close();
  await Promise.all(ended);
});

test("nothing beside the page can be reached, by any spelling or link", async () => {
  const bench = await open();
  const { pageDir } = bench;
  mkdirSync(join(pageDir, "assets"));
  symlinkSync(join(pageDir, "..", "secret.json"), join(pageDir, "assets", "link.json"));
  symlinkSync(join(pageDir, ".."), join(pageDir, "assets", "up"));
  symlinkSync(join(pageDir, "index.html"), join(pageDir, "inside.html"));
  symlinkSync("loop.html", join(pageDir, "loop.html"));
  const lines = [...(await bench.signIn()), ...CLOSE];
  const get = (path: string) => exchange(bench.shell.port, bench.request(`GET ${path}`, lines));
  expect(statusOf(await get("/inside.html"))).toBe(200);
  for (const path of [
    "/../secret.json",
    "/..%2fsecret.json",
    "/%2e%2e%2fsecret.json",
    "/%252e%252e%252fsecret.json",
    "/%c0%ae%c0%ae/secret.json",
    "/%uff0e%uff0e/secret.json",
    "/assets/..%5c..%5csecret.json",
    "/assets/..;/..;/secret.json",
    "/assets/....//....//secret.json",
    "/assets/link.json",
    "/assets/up/secret.json",
    "/loop.html",
    "/secret.json%00.html",
    "/index.html%00",
    "/index.html%20",
    "/index.html.",
    "/index.html::$DATA",
    "/C:%5cwindows%5cwin.ini",
    "/%5c%5cevil.example%5cshare%5cx.html",
    "/CON.html",
    "/assets/nul.js",
    "/%ef%bc%8e%ef%bc%8e/secret.json",
    `/${"a".repeat(5_000)}.html`,
    `/${"a/".repeat(4_000)}x.html`,
    "/x%ff.html",
  ]) {
    const answer = await get(path);
    expect([path, statusOf(answer)]).toEqual([path, 404]);
    expect(answer).not.toContain("secret");
  }
});
