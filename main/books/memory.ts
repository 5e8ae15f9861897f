import { z } from "zod";
import { booksCheckSchema } from "../contract/books.ts";

const memorySchema = z.object({
  lastCheck: booksCheckSchema.nullable(),
  /** Damage the log has written down already, by name. */
  recorded: z.array(z.string()),
});
export type BooksMemory = z.infer<typeof memorySchema>;

const KEY = "books";
const NONE: BooksMemory = { lastCheck: null, recorded: [] };

/** Keeps small texts; the log's working memory. */
interface Keeper {
  kept(key: string): string | null;
  keep(key: string, value: string): void;
}

export function recallBooks(keeper: Keeper): BooksMemory {
  const text = keeper.kept(KEY);
  if (text === null) return NONE;
  const parsed = memorySchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : NONE;
}

export function rememberBooks(keeper: Keeper, memory: BooksMemory): void {
  keeper.keep(KEY, JSON.stringify(memory));
}
