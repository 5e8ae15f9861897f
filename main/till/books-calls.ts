import { BooksError, type Books, type BooksProblem } from "../books/books.ts";
import type { TillCalls } from "../contract/calls.ts";
import { Refusal, type RefusalCode } from "../contract/refusals.ts";
import { THE_TILL, type TillRoom } from "./room.ts";

type BooksCallName = Extract<keyof TillCalls, `books.${string}` | `archive.${string}`>;

const REFUSAL_OF: Record<Exclude<BooksProblem, "unexpected">, RefusalCode> = {
  empty: "ARCHIVE_EMPTY",
  tooLarge: "ARCHIVE_TOO_LARGE",
  damaged: "ARCHIVE_BOOKS_DAMAGED",
  diskFull: "ARCHIVE_DISK_FULL",
  busy: "BOOKS_BUSY",
  stopped: "BOOKS_STOPPED",
};

/** Checking the books, and archives of them. Anybody may: nothing is changed by it. */
export function booksCalls(room: TillRoom, books: Books): Pick<TillCalls, BooksCallName> {
  const nameNow = () => room.log.kept("cashier") ?? THE_TILL;
  return {
    "books.state": () => books.state(),
    "books.check": async () => {
      await refusing(() => books.check(nameNow()));
      return { state: books.state() };
    },
    "books.stop": () => {
      books.end();
      return {};
    },
    "archive.make": async (wish) => {
      const made = await refusing(() => books.makeArchive(wish, nameNow()));
      const { id, fileName, bytes, sales, owed } = made;
      return { id, fileName, bytes, sales, owed };
    },
    "archive.read": async ({ id, offset }) => {
      const piece = await books.readArchive(id, offset);
      if (!piece) throw new Refusal("ARCHIVE_GONE");
      return { bytes: piece.bytes.toString("base64"), next: piece.next };
    },
  };
}

/** @throws Refusal for everything that is no fault of ours */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BooksError && error.problem !== "unexpected")
      throw new Refusal(REFUSAL_OF[error.problem]);
    throw error;
  }
}
