import { parseArgs } from "node:util";
import { systemClock } from "../../clock.ts";
import { serveVirtualPrinter, serveVirtualPrinterPage, VirtualPrinter } from "./index.ts";
import { WIRE_NAMES, WIRES } from "./page/wires.ts";

const USAGE =
  "virtual printer: [--port 9100] [--page-port 9180] [--width 58|80] [--speed 200] [--wire lan]\n" +
  "虚拟打印机：端口、网页端口、纸宽（毫米）、走纸速度（毫米/秒）、连接线\n" +
  `--wire: ${WIRE_NAMES.join(" | ")}`;

function numberFrom(name: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new Error(`--${name} ${text}: expected a whole number from ${low} to ${high}`);
  }
  return value;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "9100" },
      "page-port": { type: "string", default: "9180" },
      width: { type: "string", default: "80" },
      speed: { type: "string", default: "200" },
      wire: { type: "string", default: "lan" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (values.width !== "58" && values.width !== "80") {
    throw new Error(`--width ${values.width}: expected 58 or 80`);
  }
  const wire = WIRE_NAMES.find((name) => name === values.wire);
  if (wire === undefined) {
    throw new Error(`--wire ${values.wire}: expected ${WIRE_NAMES.join(", ")}`);
  }
  const printer = new VirtualPrinter({
    wire: WIRES[wire],
    clock: systemClock,
    widthMm: values.width === "58" ? 58 : 80,
    speedMmPerS: numberFrom("speed", values.speed, 1, 1000),
  });
  const raw = await serveVirtualPrinter(printer, {
    port: numberFrom("port", values.port, 0, 65_535),
  });
  const page = await serveVirtualPrinterPage(printer, {
    port: numberFrom("page-port", values["page-port"], 0, 65_535),
  });
  console.log(`printer 打印机  127.0.0.1:${raw.port}`);
  console.log(`page 网页       ${page.url}`);
  const stop = () => {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
    void Promise.all([raw.close(), page.close()]);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(USAGE);
  process.exitCode = 1;
}
