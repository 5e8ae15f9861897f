import { readFileSync } from "node:fs";
import { Books, type BooksRoom } from "../books/books.ts";
import { FileKeyStore } from "../sale-log/key-store.ts";
import type { TillOptions } from "../till.ts";
import { assetUrl } from "./assets.ts";
import type { TillRoom } from "./room.ts";
import { shopNow } from "./shop-time.ts";

/** What comes with every archive, for whoever gets it. */
const ENCLOSED = ["verify.mjs", "README.txt"];

/** Checks and archives of this till's books; nothing is read before `start`. */
export function createBooks(
  room: TillRoom,
  options: Pick<TillOptions, "dataDir" | "keyStore" | "version">,
  { isBusy, tell }: Pick<BooksRoom, "isBusy" | "tell">,
): Books {
  const { log, clock, report } = room;
  return new Books({
    dataDir: options.dataDir,
    clock,
    log,
    keyStore: options.keyStore ?? new FileKeyStore(options.dataDir),
    about: () => ({
      utcOffsetMin: shopNow(clock).utcOffsetMin,
      shop: room.settings.get().shop.name,
      appVersion: options.version ?? "0",
      enclosed: ENCLOSED.map((name) => ({
        name,
        text: readFileSync(assetUrl(`archive/${name}`), "utf8"),
      })),
    }),
    isBusy,
    report,
    tell,
  });
}
