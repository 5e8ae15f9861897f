import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const CLI = fileURLToPath(
  new URL("../../../main/printing/virtual-printer/cli.ts", import.meta.url),
);

it("prints both addresses, serves them, and ends cleanly on SIGTERM", async () => {
  const child = spawn(process.execPath, [CLI, "--port", "0", "--page-port", "0", "--width", "58"]);
  const exited = once(child, "exit");
  const ports: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    ports.push(Number(/127\.0\.0\.1:(\d+)/.exec(line)?.[1]));
    if (ports.length === 2) break;
  }
  const [printerPort = 0, pagePort = 0] = ports;
  const socket = connect(printerPort, "127.0.0.1");
  socket.on("error", () => {});
  const answer = once(socket, "data");
  socket.write(Uint8Array.of(0x10, 0x04, 0x01));
  expect([...(await answer)[0]]).toEqual([0x12]);
  expect((await fetch(`http://127.0.0.1:${pagePort}/`)).status).toBe(200);
  child.kill("SIGTERM");
  expect(await exited).toEqual([0, null]);
});

it.each([
  ["--width", "70"],
  ["--wire", "string"],
])("says what is wrong with its arguments: %s %s", async (name, value) => {
  const child = spawn(process.execPath, [CLI, name, value]);
  const [text] = await once(child.stderr, "data");
  expect(String(text)).toContain(`${name} ${value}`);
  expect((await once(child, "exit"))[0]).toBe(1);
});
