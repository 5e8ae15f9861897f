import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { appDir } from "../../../main/shells/app-paths.ts";

/** Who we are measured against. Pinned, and never a dependency of the till. */
const PEERS = {
  "node-thermal-printer": "4.6.1",
  "@node-escpos/core": "0.6.0",
  receiptline: "4.0.4",
  "@point-of-sale/receipt-printer-encoder": "4.0.1",
} as const;
export type PeerName = keyof typeof PEERS;

const folder = join(appDir(), ".cache", "bench");
const requirePeer = createRequire(join(folder, "peers.js"));

/** Installs the peers once, beside the project's own packages. Throws when npm can't. */
export function installPeers(log: (line: string) => void): void {
  const wanted = Object.entries(PEERS).filter(([name, version]) => installed(name) !== version);
  if (wanted.length === 0) return;
  log("Installing the peers (once)...");
  mkdirSync(folder, { recursive: true });
  const args = ["install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund"];
  args.push("--save-exact", "--loglevel=error", ...wanted.map((each) => each.join("@")));
  const cli = process.env["npm_execpath"];
  const [command, first] =
    cli !== undefined && /\.c?js$/.test(cli) ? [process.execPath, [cli]] : ["npm", []];
  const done = spawnSync(command, [...first, ...args], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
    shell: command === "npm" && process.platform === "win32",
  });
  if (done.status !== 0)
    throw new Error("the peers could not be installed; see npm's message above");
}

function installed(name: string): string | null {
  const file = join(folder, "node_modules", ...name.split("/"), "package.json");
  if (!existsSync(file)) return null;
  const json: unknown = requirePeer(file);
  return typeof json === "object" && json !== null && "version" in json
    ? String(json.version)
    : null;
}

/** A peer's module as it exports itself; shapes are checked where it is used. */
export function loadPeer(name: PeerName): unknown {
  return requirePeer(name);
}
