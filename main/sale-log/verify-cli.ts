import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Locale } from "../domain/sale.ts";
import { LogProblem } from "./log-problem.ts";
import { logPath } from "./open-log.ts";
import { checkPredecessor } from "./verify/predecessor.ts";
import { predecessorSentence, reportLines } from "./verify/sentences.ts";
import type { VerifyProgress } from "./verify/verify.ts";
import { verifyFile } from "./verify/verify-file.ts";
import { witnessPath } from "./witness.ts";

/** Exit codes. */
const CLEAN = 0;
const FINDINGS = 1;
const UNREADABLE = 2;

const USAGE = `verify --data DIR | --file FILE  [--json] [--locale zh-CN|en] [--code CODE]... [--trust-key ID]...

--data       folder of a till, open or not        收银台的数据文件夹，开着也可以
--file       a bare copy of slipsure.db           单独一份 slipsure.db
--code       code of a slip, or head of a day-end report, that must be in the log
             小票上的校验码或日结单上的日志头，日志里必须有
--trust-key  key whose appearance you can explain 您知道来历的密钥
Exit code: 0 whole and true, 1 something is wrong, 2 can't be checked.
退出码：0 完整真实，1 有问题，2 无法检查。`;

/** `npm run verify`: is this log whole and true? */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: "string" },
      file: { type: "string" },
      json: { type: "boolean", default: false },
      locale: { type: "string", default: systemLocale() },
      code: { type: "string", multiple: true, default: [] },
      "trust-key": { type: "string", multiple: true, default: [] },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return CLEAN;
  }
  const { data, file } = values;
  if ((data === undefined) === (file === undefined)) throw new Error(USAGE);
  const path = data === undefined ? (file ?? "") : logPath(data);
  const locale: Locale = values.locale === "en" ? "en" : "zh-CN";
  if (!existsSync(path)) throw new Error(missing(path, locale));
  const startMs = performance.now();
  const report = await verifyFile({
    path,
    witness: data === undefined ? null : witnessPath(data),
    codes: values.code,
    trustedKeys: values["trust-key"],
    ...(process.stderr.isTTY ? { onProgress: showProgress } : {}),
  });
  const tookMs = Math.round(performance.now() - startMs);
  console.log(
    values.json
      ? JSON.stringify({ ...report, tookMs }, null, 2)
      : reportLines(report, locale).join("\n"),
  );
  const { continued } = report;
  if (data !== undefined && continued && !continued.isMerged) {
    const link = checkPredecessor(data, continued);
    if (!values.json) console.log(predecessorSentence(link, continued.setAside, locale));
  }
  return report.ok ? CLEAN : FINDINGS;
}

/** One line that is written over: a log of years takes a minute. */
function showProgress({ step, done, of }: VerifyProgress): void {
  const share = of === 0 ? "" : ` ${Math.floor((100 * done) / of)} %`;
  process.stderr.write(`\r${step}${share}\u001b[K${of > 0 && done === of ? "\r\u001b[K" : ""}`);
}

function missing(path: string, locale: Locale): string {
  return locale === "en" ? `There is no sale log at ${path}.` : `${path} 没有销售日志。`;
}

function systemLocale(): Locale {
  const language = process.env["LC_ALL"] ?? process.env["LANG"] ?? "";
  return language.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

try {
  process.exitCode = await main();
} catch (error) {
  const isChinese = systemLocale() === "zh-CN" || process.argv.includes("zh-CN");
  if (error instanceof LogProblem && isChinese) console.error(error.zh);
  else console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = UNREADABLE;
}
