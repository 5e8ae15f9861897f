import { z } from "zod";

const memorySchema = z.object({
  checkedAtMs: z.int().nullable(),
  postponedUntilMs: z.int().nullable(),
  postponedAtDay: z.int().nullable(),
  /** The version whose installer was started last, and the one that ran then. */
  tried: z.object({ from: z.string(), to: z.string() }).nullable(),
});
export type UpdateMemory = z.infer<typeof memorySchema>;

const NONE: UpdateMemory = {
  checkedAtMs: null,
  postponedUntilMs: null,
  postponedAtDay: null,
  tried: null,
};
const KEY = "updates";

/** Keeps small texts; the log's working memory. */
interface Keeper {
  kept(key: string): string | null;
  keep(key: string, value: string): void;
}

/** What the till knows of updates from one run to the next. */
export function recall(keeper: Keeper): UpdateMemory {
  const text = keeper.kept(KEY);
  if (text === null) return NONE;
  const parsed = memorySchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : NONE;
}

export function remember(keeper: Keeper, memory: UpdateMemory): void {
  keeper.keep(KEY, JSON.stringify(memory));
}
