import { createHash } from "node:crypto";
import type { TillCalls } from "../contract/calls.ts";
import type { PrinterSlot } from "../contract/printers.ts";
import { Refusal } from "../contract/refusals.ts";
import type { Settings } from "../contract/settings.ts";
import type { CatalogueIndex } from "../catalogue/search.ts";
import { minorDigitsOf, mulDivRound, type Currency } from "../domain/money.ts";
import { usualDecimalSign } from "../domain/typed-amount.ts";
import { keptBasket } from "./basket-trail.ts";
import { importSample } from "./catalogue-calls.ts";
import type { PrinterRoom } from "./printer-room.ts";
import { stationKey } from "./printer-station.ts";
import { THE_TILL, writing, type TillRoom } from "./room.ts";

type SettingsCalls = Pick<
  TillCalls,
  | "settings.get"
  | "settings.setUp"
  | "settings.change"
  | "settings.appearance"
  | "settings.scanner"
  | "settings.changePin"
  | "session.signIn"
>;

/** First start, the owner's changes, and who is at the till. */
export function settingsCalls(
  room: TillRoom,
  printers: PrinterRoom,
  index: CatalogueIndex,
  status: () => ReturnType<TillCalls["status.get"]>,
): SettingsCalls {
  const { settings, pin, log, clock } = room;
  const note = (changed: string[], by: string) =>
    writing(() =>
      log.transaction(() =>
        log.append(clock.nowMs(), by, {
          kind: "settingsChanged",
          ref: null,
          body: { v: 1, changed: changed.sort() },
        }),
      ),
    );
  // The settings are kept: printers that can't be made anew by them are an incident and no "not saved".
  const renew = (slots?: readonly PrinterSlot[]) =>
    printers.renew(slots).catch((error: unknown) => room.report("printing", error));
  return {
    "settings.get": () => settings.get(),
    "settings.setUp": async ({ managerPin, sampleCatalogue, ...chosen }) => {
      // A second first start would be a way round the manager's PIN.
      if (settings.get().ready)
        throw new Refusal("BAD_INPUT", { path: "", problem: "set up already" });
      demandTwoPrinters({ ...settings.get(), ...chosen });
      await pin.set(managerPin);
      settings.change({ decimalSign: usualDecimalSign(chosen.currency), ...chosen });
      if (sampleCatalogue && log.products.count() === 0)
        await importSample(room, index, "first-start-sample");
      const first = chosen.cashiers[0];
      if (first !== undefined) log.keep("cashier", first);
      note(["setUp"], first ?? THE_TILL);
      settings.change({ ready: true });
      await renew();
      return settings.get();
    },
    "settings.change": async ({ patch, pin: given }) => {
      await pin.demand(given);
      const before = settings.get();
      demandTwoPrinters({ ...before, ...patch });
      const currency = patch.currency ?? before.currency;
      if (currency !== before.currency) await changeCurrency(room, index, currency);
      // Also when the cashier at the till was taken off the list: the PIN is what allows this.
      const by = log.kept("cashier") ?? THE_TILL;
      const after = settings.change(patch);
      note(Object.keys(patch), by);
      const isOther = (key: "printer" | "backupPrinter" | "widthMm") =>
        JSON.stringify(before[key]) !== JSON.stringify(after[key]);
      const slots: PrinterSlot[] = [];
      if (isOther("printer") || isOther("widthMm")) slots.push("receipt");
      if (isOther("backupPrinter") || isOther("widthMm")) slots.push("backup");
      if (slots.length > 0) await renew(slots);
      room.changed();
      return after;
    },
    "settings.appearance": (patch) => settings.change(patch),
    "settings.scanner": (patch) => settings.change(patch),
    "settings.changePin": async ({ pin: old, newPin }) => {
      await pin.demand(old);
      await pin.set(newPin);
      note(["managerPin"], THE_TILL);
      return {};
    },
    "session.signIn": async ({ cashier }) => {
      if (!settings.get().cashiers.includes(cashier)) throw new Refusal("NO_SUCH_CASHIER");
      writing(() =>
        log.transaction(() => {
          log.keep("cashier", cashier);
          log.append(clock.nowMs(), cashier, { kind: "signedIn", ref: null, body: { v: 1 } });
        }),
      );
      room.changed();
      return { status: await status() };
    },
  };
}

/**
 * Amounts in the log are minor units of one currency: in another one every sum, receipt and total of before
 * would be wrong (or added up with what it is not). So books stay in the currency of their first sale. Before it, prices keep
 * their figures: ¥2.00 becomes $2.00 and 2 yen, not 200.
 * @throws Refusal CURRENCY_IN_USE {currency}
 */
async function changeCurrency(
  room: TillRoom,
  index: CatalogueIndex,
  currency: Currency,
): Promise<void> {
  const { log, settings, clock } = room;
  const before = settings.get().currency;
  if (log.sales.newestId() > 0 || keptBasket(room).lines.length > 0)
    throw new Refusal("CURRENCY_IN_USE", { currency: before });
  const [from, to] = [10 ** minorDigitsOf(before), 10 ** minorDigitsOf(currency)];
  const products = log.products.all();
  if (from === to || products.length === 0) return;
  const priced = products.map((product) => ({
    ...product,
    priceMinor: mulDivRound(product.priceMinor, to, from),
  }));
  const fileName = `${before}-${currency}`;
  const sha256 = createHash("sha256").update(JSON.stringify(priced)).digest("base64url");
  const counts = { rows: priced.length, added: 0, changed: priced.length };
  writing(() =>
    log.transaction(() => {
      log.products.put(priced);
      log.append(clock.nowMs(), log.kept("cashier") ?? THE_TILL, {
        kind: "catalogueImported",
        ref: null,
        body: { v: 1, fileName, sha256, ...counts },
      });
    }),
  );
  await index.replaceAll(log.products.all());
}

/** A printer is no help for itself. @throws Refusal SAME_PRINTER_TWICE */
function demandTwoPrinters({ printer, backupPrinter }: Partial<Settings>): void {
  if (printer && backupPrinter && stationKey(printer) === stationKey(backupPrinter))
    throw new Refusal("SAME_PRINTER_TWICE");
}
