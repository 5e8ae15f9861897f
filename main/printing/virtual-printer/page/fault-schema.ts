import { z } from "zod";
import type { Fault, FaultKind } from "../types.ts";
import { WIRE_NAMES } from "./wires.ts";

const mm = z.number().min(0).max(100_000);
const ms = z.number().min(0).max(600_000);
const bytes = z.int().min(0).max(10_000_000);

/** A fault as the page sends it. */
export const faultSchema: z.ZodType<Fault> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("paperOut"), afterMm: mm }),
  z.strictObject({ kind: z.literal("coverOpen"), afterMm: mm.exactOptional() }),
  z.strictObject({ kind: z.literal("cutterJam") }),
  z.strictObject({ kind: z.literal("silence"), afterBytes: bytes.exactOptional() }),
  z.strictObject({ kind: z.literal("deaf") }),
  z.strictObject({ kind: z.literal("reset"), afterBytes: bytes }),
  z.strictObject({ kind: z.literal("powerCycle"), afterMm: mm, offMs: ms }),
  z.strictObject({ kind: z.literal("lateId"), delayMs: ms }),
  z.strictObject({ kind: z.literal("slowAnswers"), delayMs: ms }),
  z.strictObject({ kind: z.literal("answersLag") }),
  z.strictObject({ kind: z.literal("statusZero") }),
  z.strictObject({ kind: z.literal("statusFf") }),
  z.strictObject({ kind: z.literal("queuesConnections") }),
  z.strictObject({ kind: z.literal("slowLine"), bytesPerS: z.number().min(100).max(10_000_000) }),
  z.strictObject({ kind: z.literal("foreignId") }),
  z.strictObject({ kind: z.literal("lyingOk") }),
  z.strictObject({ kind: z.literal("slow"), factor: z.number().min(1).max(1000) }),
  z.strictObject({ kind: z.literal("halfPrint"), afterMm: mm }),
  z.strictObject({ kind: z.literal("refuse") }),
  z.strictObject({ kind: z.literal("unreachable") }),
  z.strictObject({ kind: z.literal("noIds") }),
  z.strictObject({ kind: z.literal("statusAlwaysOk") }),
  z.strictObject({ kind: z.literal("earlySensor") }),
  z.strictObject({ kind: z.literal("earlyId") }),
  z.strictObject({ kind: z.literal("otherPrinter"), delayMs: ms }),
  z.strictObject({ kind: z.literal("sensorOutOfTurn") }),
  z.strictObject({ kind: z.literal("ignoresClear") }),
  z.strictObject({ kind: z.literal("clearsOnConnect") }),
  z.strictObject({ kind: z.literal("claimsEpson") }),
  z.strictObject({ kind: z.literal("noCutter") }),
  z.strictObject({ kind: z.literal("noChinese") }),
]);

/** What happens to any printer. */
export const TROUBLE_KINDS = [
  "paperOut",
  "coverOpen",
  "cutterJam",
  "powerCycle",
  "halfPrint",
  "reset",
  "refuse",
  "unreachable",
  "deaf",
  "silence",
  "lateId",
  "slowAnswers",
  "slowLine",
  "slow",
] as const satisfies readonly FaultKind[];

/** How some models are: they know less than they should, or lie. */
export const CLONE_KINDS = [
  "lyingOk",
  "earlyId",
  "earlySensor",
  "otherPrinter",
  "foreignId",
  "statusAlwaysOk",
  "statusZero",
  "statusFf",
  "answersLag",
  "queuesConnections",
  "sensorOutOfTurn",
  "noIds",
  "ignoresClear",
  "clearsOnConnect",
  "claimsEpson",
  "noCutter",
  "noChinese",
] as const satisfies readonly FaultKind[];

export const FAULT_KINDS = [...TROUBLE_KINDS, ...CLONE_KINDS] as const;

export const ACTIONS = [
  "pressFeed",
  "openCover",
  "closeCover",
  "loadPaper",
  "clearCutter",
  "powerOff",
  "powerOn",
  "powerCycle",
  "clearPaper",
  "clearAllFaults",
] as const;

/** The one request that changes anything. */
export const commandSchema = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("action"), action: z.enum(ACTIONS) }),
  z.strictObject({ do: z.literal("setFault"), fault: faultSchema }),
  z.strictObject({ do: z.literal("clearFault"), kind: z.enum(FAULT_KINDS) }),
  z.strictObject({ do: z.literal("setWire"), wire: z.enum(WIRE_NAMES) }),
]);

export type PageCommand = z.infer<typeof commandSchema>;
export type PageAction = (typeof ACTIONS)[number];
