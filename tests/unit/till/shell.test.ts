import { createServer, type AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { PIN, TillBench } from "../support/till-bench.ts";

test("what the program has to say reaches the till and stays until it is read", async () => {
  const bench = await TillBench.open();
  bench.shell.tell("pageRestarted", { incident: "AB12CD34" });
  const { notices } = await bench.until((status) => status.notices.length > 0);
  expect(notices).toEqual([
    { id: 1, code: "pageRestarted", incident: "AB12CD34", lost: [], file: null },
  ]);
  // The same again takes the place of before: one line, however often it happens.
  bench.shell.tell("pageRestarted", { incident: "FFFFFFFF" });
  await bench.until((status) => status.notices[0]?.incident === "FFFFFFFF");
  const [notice] = (await bench.call("status.get", {})).notices;
  const { status } = await bench.call("notice.read", { id: notice?.id ?? 0 });
  expect(status.notices).toEqual([]);
  await bench.call("notice.read", { id: 999 });
});

test("an error of a page has its place in the log, and its id is for the screen", async () => {
  const bench = await TillBench.open();
  const failure = { message: "x is not a function", stack: "Error: x\n    at sell (page.js:1:2)" };
  expect(await bench.call("page.failed", failure)).toEqual({ incident: "incident-1" });
  expect(bench.incidents).toMatchObject([["page", { message: "x is not a function" }]]);
});

test("a till in kiosk mode is ended by its manager's PIN and nothing else", async () => {
  const bench = await TillBench.open();
  let left = 0;
  expect((await bench.refusal("shell.leave", { pin: PIN })).code).toBe("NO_SUCH_CALL");
  bench.shell.canLeave(() => (left += 1));
  expect((await bench.refusal("shell.leave", { pin: "0000" })).code).toBe("WRONG_PIN");
  expect(left).toBe(0);
  await bench.call("shell.leave", { pin: PIN });
  expect(left).toBe(1);
});

test("after a sleep of the computer the printer is looked at before its turn", async () => {
  // A clock that hardly moves: by itself nothing is looked at again.
  const bench = await TillBench.open({ factor: 0.001 });
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const printer = { kind: "tcp", host: "127.0.0.1", port } as const;
  await bench.call("settings.change", { patch: { printer }, pin: PIN });
  await bench.until(
    (status) =>
      status.printer.address?.endsWith(`:${port}`) === true && status.printer.state === "offline",
  );
  const before = connections;
  bench.shell.resumed();
  await expect.poll(() => connections).toBe(before + 1);
});

test("settings that changed by themselves are a change in the log", async () => {
  const bench = await TillBench.open();
  await bench.till.close();
  const finding = { reason: "", lost: ["theme"], setAside: "settings.damaged-1.json" };
  bench.shell.tellSettings({ code: "settingsPartly", ...finding }, "AB12CD34");
  await bench.start();
  expect((await bench.call("status.get", {})).notices).toMatchObject([
    { code: "settingsPartly", lost: ["theme"], file: "settings.damaged-1.json" },
  ]);
  expect(bench.shell.takeSettingsFinding()).toBeNull();
});
