import { MOST_SENTENCES, type BooksCheck } from "../contract/books.ts";
import type { Finding, FindingCode } from "../sale-log/verify/finding.ts";
import { findingSentence } from "../sale-log/verify/sentences.ts";
import type { VerifyReport } from "../sale-log/verify/verify.ts";

/** Facts about a log that the log itself tells: they stay for ever and are no damage of today. */
const NOTED: ReadonlySet<FindingCode> = new Set(["keyChanged", "damageRecorded"]);

/** Everything that is not as the till wrote it. */
export function damageIn({ findings }: VerifyReport): Finding[] {
  return findings.filter(({ code }) => !NOTED.has(code));
}

/** What a check has found, as it is kept and shown. */
export function checkResult(
  report: VerifyReport,
  about: { atMs: number; tookMs: number; by: string | null },
): BooksCheck {
  const { events, sales, days, anchors, findings, totals, utcOffsetMin } = report;
  // What is damaged comes first.
  const damage = damageIn(report);
  const ordered = [...damage, ...findings.filter((finding) => !damage.includes(finding))];
  const state = report.ok ? "whole" : damage.length > 0 ? "damaged" : "noted";
  return {
    ...about,
    state,
    events,
    sales,
    days,
    signatures: anchors,
    found: Object.values(totals).reduce((sum, count) => sum + count, 0),
    sentences: ordered.slice(0, MOST_SENTENCES).map((finding) => ({
      "zh-CN": findingSentence(finding, "zh-CN", utcOffsetMin),
      en: findingSentence(finding, "en", utcOffsetMin),
    })),
  };
}

/** A check that could not be finished. */
export function unreadableResult(about: {
  atMs: number;
  tookMs: number;
  by: string | null;
}): BooksCheck {
  const nothing = { events: 0, sales: 0, days: 0, signatures: 0, found: 0, sentences: [] };
  return { ...about, state: "unreadable", ...nothing };
}

/** One finding in a few letters, to tell it from others. */
export function nameOf({ code, seq, table, row, column }: Finding): string {
  return [code, seq, table, row, column].map((part) => part ?? "").join("|");
}
