import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { renderPaperPng, renderSlipPng } from "../png/render-slip.ts";
import type { VirtualPrinter } from "../printer.ts";
import type { Slip } from "../types.ts";
import { commandSchema, type PageAction, type PageCommand } from "./fault-schema.ts";
import { PAGE_CSS } from "./page-css.ts";
import { PAGE_HTML } from "./page-html.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { wireName, WIRES } from "./wires.ts";

/** Slips the page shows; older ones stay in `printer.paper`. */
const SHOWN_SLIPS = 8;
/** At most one picture of a growing slip in this time. */
const UPDATE_EVERY_MS = 120;
const COMMAND_LIMIT_BYTES = 4096;
const OFF_MS = 2000;

const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/**
 * Serves a page on 127.0.0.1 that shows the paper live and has a switch for every fault and a button for
 * every repair. Requests with a foreign Host or Origin header are refused with 403.
 * Rejects with Node's own listen errors (`EADDRINUSE`, `EACCES`).
 */
export async function serveVirtualPrinterPage(
  printer: VirtualPrinter,
  o: { port: number },
): Promise<{ url: string; port: number; close(): Promise<void> }> {
  const feed = new Feed(printer);
  const server = createServer((request, response) => {
    answer(printer, feed, request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      if (response.headersSent) response.destroy();
      else send(response, 500, "text/plain; charset=utf-8", message);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(o.port, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : o.port;
  return {
    url: `http://127.0.0.1:${port}/`,
    port,
    close: () =>
      new Promise((resolve) => {
        feed.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Tells every open page what the printer looks like now, a few times a second while it changes. */
class Feed {
  readonly #printer: VirtualPrinter;
  readonly #pages = new Set<ServerResponse>();
  readonly #off: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(printer: VirtualPrinter) {
    this.#printer = printer;
    this.#off = printer.on(() => this.changed());
  }

  changed(): void {
    if (this.#pages.size === 0) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const message = this.#message();
      for (const page of this.#pages) page.write(message);
    }, UPDATE_EVERY_MS);
  }

  add(response: ServerResponse): void {
    response.writeHead(200, { ...HEADERS, "content-type": "text/event-stream" });
    response.write(this.#message());
    this.#pages.add(response);
    response.on("close", () => this.#pages.delete(response));
  }

  close(): void {
    this.#off();
    clearTimeout(this.#timer);
    for (const page of this.#pages) page.end();
  }

  #message(): string {
    const view = {
      state: this.#printer.state(),
      faults: this.#printer.faults,
      wire: wireName(this.#printer.wire) ?? null,
      slips: shownSlips(this.#printer).map((slip) => ({
        id: slip.id,
        heightMm: slip.heightMm,
        startedAtMs: slip.startedAtMs,
        text: slip.text(),
        version: `${slip.lines.length}-${Math.round(slip.heightMm)}-${slip.cut || slip.tornOff}`,
      })),
    };
    return `data: ${JSON.stringify(view)}\n\n`;
  }
}

function shownSlips(printer: VirtualPrinter): Slip[] {
  return printer.paper.slips().slice(-SHOWN_SLIPS);
}

async function answer(
  printer: VirtualPrinter,
  feed: Feed,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isOwnPage(request)) {
    send(response, 403, "text/plain; charset=utf-8", "only from this computer 仅限本机");
    return;
  }
  const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
  if (request.method === "POST" && path === "/do") {
    await command(printer, feed, request, response);
    return;
  }
  if (request.method !== "GET") {
    send(response, 405, "text/plain; charset=utf-8", "GET only");
    return;
  }
  const { widthMm } = printer;
  const slipId = /^\/slips\/(\d+)\.png$/.exec(path)?.[1];
  if (path === "/") send(response, 200, "text/html; charset=utf-8", PAGE_HTML);
  else if (path === "/page.css") send(response, 200, "text/css; charset=utf-8", PAGE_CSS);
  else if (path === "/page.js") send(response, 200, "text/javascript; charset=utf-8", PAGE_SCRIPT);
  else if (path === "/events") feed.add(response);
  else if (path === "/paper.png") {
    send(response, 200, "image/png", await renderPaperPng(shownSlips(printer), { widthMm }));
  } else {
    const slip = printer.paper.slips().find((one) => String(one.id) === slipId);
    if (slip === undefined) send(response, 404, "text/plain; charset=utf-8", "not here 不存在");
    else send(response, 200, "image/png", await renderSlipPng(slip, { widthMm }));
  }
}

/** DNS rebinding and other sites' pages arrive with a Host or Origin that is not ours. */
function isOwnPage(request: IncomingMessage): boolean {
  const port = request.socket.localPort;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host, origin } = request.headers;
  if (host === undefined || !hosts.includes(host)) return false;
  return origin === undefined || hosts.some((own) => origin === `http://${own}`);
}

async function command(
  printer: VirtualPrinter,
  feed: Feed,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // A form on another page cannot send this type without asking first.
  const isJson = request.headers["content-type"]?.startsWith("application/json") === true;
  const text = isJson ? await readBody(request) : undefined;
  const parsed = commandSchema.safeParse(text === undefined ? undefined : parseJson(text));
  if (!parsed.success) {
    send(response, 400, "text/plain; charset=utf-8", parsed.error.message);
    return;
  }
  carryOut(printer, parsed.data);
  feed.changed();
  send(response, 204, "text/plain; charset=utf-8", "");
}

/** Undefined when the body is too long. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) continue;
    length += chunk.length;
    if (length > COMMAND_LIMIT_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the schema refuses undefined with its own message.
    return undefined;
  }
}

function carryOut(printer: VirtualPrinter, order: PageCommand): void {
  if (order.do === "setFault") printer.setFault(order.fault);
  else if (order.do === "clearFault") printer.clearFault(order.kind);
  else if (order.do === "setWire") printer.setWire(WIRES[order.wire]);
  else ACTION_CALLS[order.action](printer);
}

const ACTION_CALLS: Record<PageAction, (printer: VirtualPrinter) => void> = {
  pressFeed: (printer) => printer.pressFeed(),
  openCover: (printer) => printer.openCover(),
  closeCover: (printer) => printer.closeCover(),
  loadPaper: (printer) => printer.loadPaper(),
  clearCutter: (printer) => printer.clearCutter(),
  powerOff: (printer) => printer.powerOff(),
  powerOn: (printer) => printer.powerOn(),
  powerCycle: (printer) => printer.powerCycle(OFF_MS),
  clearPaper: (printer) => printer.paper.clear(),
  clearAllFaults: (printer) => printer.clearAllFaults(),
};

function send(
  response: ServerResponse,
  statusCode: number,
  type: string,
  body: string | Uint8Array,
): void {
  response.writeHead(statusCode, { ...HEADERS, "content-type": type });
  response.end(body);
}
