import { expect, it } from "vitest";
import { utilityPrinterHost } from "../../../main/shells/electron/printer-host.ts";

it("starts the printer host with worker threads enough for every printer, and the PC's own environment", () => {
  const forked: { env: Record<string, string>; serviceName: string }[] = [];
  const spawn = utilityPrinterHost(
    {
      fork: (_path, _args, options) => {
        forked.push(options);
        return { pid: 1, postMessage: () => {}, on: () => {}, once: () => {}, kill: () => true };
      },
    },
    "host-main.js",
    () => "1",
  );
  spawn();
  expect(forked).toMatchObject([
    {
      env: { UV_THREADPOOL_SIZE: "16", PATH: process.env["PATH"] },
      serviceName: "Slipsure printers",
    },
  ]);
});
