import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { CallInput, CallName, CallOutput } from "../../main/contract/calls.ts";
import type { TillStatus } from "../../main/contract/status.ts";
import type { CallReply } from "../../main/contract/wire.ts";
import { DeviceHost } from "./device-host.ts";
import type { FromTill, TillStart, ToTill } from "./messages.ts";
import type { Station } from "./station.ts";

/** Starts, asks, kills and starts again a till that runs in its own process. */
export class TillDriver {
  status: TillStatus | null = null;
  readonly incidents: string[] = [];
  kills = 0;
  /** Called with every status as it arrives. */
  onStatus: (status: TillStatus) => void = () => {};
  private readonly told: TillStart;
  private readonly stations: readonly Station[];
  private child: ChildProcess | null = null;
  private readonly waiting = new Map<number, (reply: CallReply<CallName> | null) => void>();
  private readonly watchers = new Set<() => void>();
  private nextId = 1;

  constructor(start: Omit<TillStart, "behaviours">, stations: readonly Station[]) {
    this.stations = stations;
    this.told = { ...start, behaviours: stations.map(({ behaviour }) => behaviour) };
  }

  async start(): Promise<void> {
    const file = new URL("./till-process.ts", import.meta.url);
    const child = fork(file, [JSON.stringify(this.told)], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      // Bytes stay bytes.
      serialization: "advanced",
    });
    this.child = child;
    const devices = new DeviceHost(this.stations, (message) => send(child, message));
    child.on("exit", () => {
      devices.end();
      this.died(child);
    });
    const ready = new Promise<void>((resolve, reject) => {
      child.on("message", (message: FromTill) => {
        if (message.type === "ready") resolve();
        devices.take(message);
        this.take(message);
      });
      child.once("exit", (code) => reject(new Error(`the till ended at start: ${code}`)));
    });
    devices.tellAll();
    await ready;
  }

  /** The till's answer; null when it died before answering. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallReply<N> | null> {
    const id = this.nextId;
    this.nextId += 1;
    return new Promise((resolve) => {
      if (!this.child?.connected) {
        resolve(null);
        return;
      }
      this.waiting.set(id, resolve as (reply: CallReply<CallName> | null) => void);
      send(this.child, { type: "call", id, name, input });
    });
  }

  /** As `call`, and any refusal is a fault of the soak. */
  async demand<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    const reply = await this.call(name, input);
    if (!reply) throw new Error(`${name}: the till is gone`);
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.refusal)}`);
    return reply.value;
  }

  /** Asks for the status: an answer to a call may arrive before the status it caused. */
  async refresh(): Promise<void> {
    const reply = await this.call("status.get", {});
    if (reply?.ok) this.take({ type: "status", status: reply.value });
  }

  /** Time passes for the till: minutes in which nothing happens. */
  jump(ms: number): void {
    if (this.child) send(this.child, { type: "jump", ms });
  }

  /** Power cut for the program: no warning, no clean-up. */
  async kill(): Promise<void> {
    const child = this.child;
    if (!child) return;
    this.kills += 1;
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }

  async close(): Promise<void> {
    const child = this.child;
    if (!child?.connected) return;
    send(child, { type: "end" });
    await once(child, "exit");
  }

  /** Resolves true once the status is as asked, false when that takes longer than `timeoutMs`. */
  until(condition: (status: TillStatus) => boolean, timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const look = () => {
        const alive = this.child?.connected ?? false;
        if (alive && !(this.status && condition(this.status))) return;
        clearTimeout(timer);
        this.watchers.delete(look);
        resolve(alive);
      };
      const timer = setTimeout(() => {
        this.watchers.delete(look);
        resolve(false);
      }, timeoutMs);
      this.watchers.add(look);
      look();
    });
  }

  private take(message: FromTill): void {
    if (message.type === "incident") this.incidents.push(message.text);
    if (message.type === "status") {
      // An answer and the feed may overtake each other.
      const { status } = message;
      if (this.status?.run === status.run && status.revision < this.status.revision) return;
      this.status = message.status;
      this.onStatus(message.status);
      for (const watcher of [...this.watchers]) watcher();
    }
    if (message.type === "reply") {
      this.waiting.get(message.id)?.(message.reply as CallReply<CallName>);
      this.waiting.delete(message.id);
    }
  }

  private died(child: ChildProcess): void {
    if (this.child !== child) return;
    this.child = null;
    this.status = null;
    for (const resolve of this.waiting.values()) resolve(null);
    this.waiting.clear();
    for (const watcher of [...this.watchers]) watcher();
  }
}

/** To a process that may have gone: its end is told by "exit". */
function send(child: ChildProcess, message: ToTill): void {
  if (child.connected) child.send(message, () => {});
}
