import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Conf from "conf";
import { openSettings } from "../../../main/till.ts";
import { Random } from "../../soak/random.ts";
import { Tally, type Drill } from "../drill.ts";
import { DrillTill, PIN } from "./drill-till.ts";

const LAST_GOOD_FILE = "settings.last-good.json";

type Damage = (text: Buffer, random: Random) => Buffer;

/** What a power cut, a full disk or a curious person leaves of a settings file. */
const DAMAGES: Record<string, Damage> = {
  empty: () => Buffer.alloc(0),
  "cut short": (text, random) => text.subarray(0, random.int(1, text.length - 2)),
  zeros: (text) => Buffer.alloc(text.length),
  "no JSON": () => Buffer.from("settings: {"),
  "another JSON": (_text, random) => Buffer.from(random.pick(["null", "[]", "7", '"x"', "{}"])),
  "settings of another shape": () => Buffer.from('{"settings":[],"managerPin":7}'),
  "a wrong value": (text) =>
    Buffer.from(text.toString().replace('"ready": true', '"ready": "yes"')),
};

export const damagedSettingsDrill: Drill = {
  title: "the settings file torn, emptied or replaced",
  cashier: {
    zh: "照常打开，店名、打印机、收银员和店长密码都还在：收银台从销售日志里取回了设置。",
    en: "The till opens as always with its shop, printer, cashiers and manager’s PIN: it took its settings from the sale log.",
  },
  times: { long: 70, quick: 7 },
  run: async ({ dir, seed, times }) => {
    const random = new Random(seed);
    const tally = new Tally();
    const dataDir = join(dir, "till");
    mkdirSync(dataDir);
    let found = 0;
    const sold = new Map<string, number>();
    const openTill = () => {
      const conf = (cwd: string) => new Conf({ cwd, configName: "settings" });
      const { store, finding } = openSettings(dataDir, conf);
      if (finding) found += 1;
      return new DrillTill(dataDir, { store });
    };
    const kinds = Object.keys(DAMAGES);
    for (; tally.times < times; tally.times += 1) {
      const kind = kinds[tally.times % kinds.length] ?? "empty";
      /* oxlint-disable no-await-in-loop -- one start after the other */
      const first = openTill();
      await (tally.times === 0 ? first.setUp() : first.open());
      const requestId = `beforehand-${tally.times}`;
      tally.expect(`${kind}: before`, await first.sell(requestId), null);
      await first.untilPrinted();
      const before = JSON.stringify(await first.call("settings.get", {}));
      await first.end();
      if (!existsSync(first.settingsPath())) {
        tally.mistake("the till went on without a settings file");
        break;
      }
      const whole = readFileSync(first.settingsPath());
      writeFileSync(
        first.settingsPath(),
        (DAMAGES[kind] ?? DAMAGES["empty"] ?? same)(whole, random),
      );
      // Every other time its copy is gone as well, and only the log remembers.
      if (tally.times % 2 === 1) rmSync(join(dataDir, LAST_GOOD_FILE));
      const second = openTill();
      try {
        await second.open();
        tally.expect(kind, JSON.stringify(await second.call("settings.get", {})), before);
        tally.expect(`${kind}: the manager’s PIN`, await pinWorks(second), null);
        tally.expect(`${kind}: a sale`, await second.sell(`afterwards-${tally.times}`), null);
        await second.untilPrinted();
      } catch (error) {
        tally.mistake(`${kind}: ${String(error)}`);
      }
      await second.end();
      /* oxlint-enable no-await-in-loop */
      for (const till of [first, second])
        for (const [id, saleId] of till.sold) sold.set(id, saleId);
    }
    const last = openTill();
    for (const [id, saleId] of sold) last.sold.set(id, saleId);
    await last.end();
    await last.judge(tally, "in the end");
    tally.facts["found damaged"] = found;
    return tally.outcome();
  },
};

const same: Damage = (text) => text;

async function pinWorks(till: DrillTill): Promise<string | null> {
  return (await till.ask("settings.change", { patch: { sound: false }, pin: PIN })).code;
}
