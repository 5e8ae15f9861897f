import { damageSchema, type DamageRecord } from "../contract/damage.ts";

export type { DamageRecord } from "../contract/damage.ts";

/** Row of the working memory that holds what is known of the newest damage. */
export const DAMAGE_KEY = "damage";

/** Keeps small texts; the log's working memory. */
interface Keeper {
  kept(key: string): string | null;
  keep(key: string, value: string): void;
}

/** What is known of the newest damage of these books; null: they were never damaged. */
export function damageOf(keeper: Pick<Keeper, "kept">): DamageRecord | null {
  const text = keeper.kept(DAMAGE_KEY);
  if (text === null) return null;
  const parsed = damageSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

export function changeDamage(keeper: Keeper, patch: Partial<DamageRecord>): void {
  const before = damageOf(keeper);
  if (before) keeper.keep(DAMAGE_KEY, JSON.stringify({ ...before, ...patch }));
}
