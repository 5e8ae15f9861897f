import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { currencySchema } from "../../main/contract/values.ts";
import { minorDigitsOf } from "../../main/domain/money.ts";
import { line } from "./support/sale-samples.ts";
import { PIN, TillBench } from "./support/till-bench.ts";

const TESTS = new URL("../", import.meta.url).pathname;
const CASES = join(TESTS, "cases");

/** Every product list has its expectations there, once the importer that meets them is in. */
const LISTS_TEST = join(TESTS, "unit/catalogue/cases.test.ts");
const isList = (file: string) => /\.csv$|^(decimal-comma-tab|utf16le-tab)\.txt$/.test(file);

/** What the till can't do yet, each a capability of its own. */
const NOT_BUILT: readonly string[] = ["cash-rounding.txt", "refund.txt", "print-scripts.txt"];

/** Cases that no test names. */
function unclaimed(files: readonly string[], sources: readonly string[]): string[] {
  const mentioned = (file: string) => sources.some((source) => source.includes(file));
  return files.filter((file) => !mentioned(file));
}

function sourcesOfTests(): string[] {
  return readdirSync(TESTS, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(test|spec)\.tsx?$/.test(path) && path !== "unit/cases.test.ts")
    .map((path) => readFileSync(join(TESTS, path), "utf8"));
}

describe("the cases from the field", () => {
  const files = readdirSync(CASES).filter((file) => file !== "README.md");

  it("are each named by a test", () => {
    const open = unclaimed(files, [...sourcesOfTests(), ...OWN]).filter(
      (file) => !NOT_BUILT.includes(file) && !(isList(file) && !existsSync(LISTS_TEST)),
    );
    expect(open).toEqual([]);
    expect(NOT_BUILT.filter((file) => !files.includes(file))).toEqual([]);
  });

  it("would be missed, were one added that no test names", () => {
    expect(unclaimed(["scan-new.txt", "scan-aim.txt"], ['test("scan-aim.txt")'])).toEqual([
      "scan-new.txt",
    ]);
  });
});

/** What a scan must sell, in a shop that has imported these lists. */
const SCANS: Record<
  string,
  { lists: string[]; sells: [scanned: string, name: string, more?: object][] }
> = {
  "scan-aim.txt": {
    lists: ["weigh-goods.csv"],
    sells: [["]E06909999000401", "店徽袋"]],
  },
  "scan-upc-ean.txt": {
    lists: ["upc12.csv", "ean13-zero.csv", "weigh-goods.csv"],
    sells: [
      ["0071999900022", "Cream Soda"],
      ["071999900039", "Lemonade"],
      ["06909999000401", "店徽袋"],
    ],
  },
  "scan-digital-link.txt": {
    lists: ["cp1252-late.csv"],
    sells: [["https://id.example.org/01/06909999000005/10/LOT7?17=271231", "Apfel"]],
  },
  "scan-scale-13.txt": {
    lists: ["weigh-goods.csv"],
    // As the case has it the check digit is wrong: 7 is right. A wrong one is offered, never sold.
    sells: [["2100301003507", "五花肉", { quantityMilli: 98, labelMinor: 350 }]],
  },
  "case-mix.csv": {
    lists: ["case-mix.csv"],
    sells: [
      ["ab-100", "Lower"],
      ["AB-100", "Upper"],
    ],
  },
};
const OWN = [...Object.keys(SCANS), "currencies.txt"];

/** Brings a list in as the settings page does. */
async function bring(bench: TillBench, fileName: string): Promise<void> {
  const bytes = readFileSync(join(CASES, fileName)).toString("base64");
  const file = { fileName, bytes, mapping: null };
  await bench.call("catalogue.import", { requestId: bench.requestId(), ...file, pin: PIN });
}

describe("a scan", () => {
  it.each(Object.entries(SCANS))("%s", async (file, { lists, sells }) => {
    const bench = await TillBench.open({ setup: { currency: "EUR", decimalSign: "." } });
    for (const list of lists) await bring(bench, list);
    const steps = readFileSync(join(CASES, file), "utf8");
    for (const [code, name, more] of sells) {
      if (file.endsWith(".txt") && file !== "scan-scale-13.txt") expect(steps).toContain(code);
      const { meaning } = await bench.call("catalogue.find", { code });
      if (meaning.kind !== "product") throw new Error(`${code}: ${JSON.stringify(meaning)}`);
      expect([meaning.product.nameZh, meaning.product.nameEn]).toContain(name);
      expect(meaning).toMatchObject(more ?? { quantityMilli: 1000, labelMinor: null });
    }
  });
});

describe("currencies.txt", () => {
  const wanted = /choose ([^(]*)/.exec(readFileSync(join(CASES, "currencies.txt"), "utf8"))?.[1];
  const named = [...(wanted ?? "").matchAll(/[A-Z]{3}/g)].map(([code]) =>
    currencySchema.parse(code),
  );

  it.each(named)("a shop sells in %s, and its receipt says so", async (currency) => {
    const bench = await TillBench.open({ setup: { currency } });
    const priceMinor = 1234 * 10 ** minorDigitsOf(currency);
    const { saleId } = await bench.call("sale.complete", {
      ...bench.saleInput(),
      basket: { lines: [line({ priceMinor })], discountMinor: 0 },
      tenders: [{ method: "cash", amountMinor: priceMinor, reference: null }],
      expectedTotalMinor: priceMinor,
    });
    await bench.untilState(saleId, "printed");
    const shown = { 0: "1234", 2: "1234.00", 3: "1234.000" }[minorDigitsOf(currency)];
    const text = bench.device.paper.slips().map((slip) => slip.text());
    expect(text.join("\n").replaceAll(",", "")).toContain(shown);
  });

  it("names eleven of them", () => {
    expect(named).toHaveLength(11);
  });
});
