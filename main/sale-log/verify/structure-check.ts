import { compareSchema, expectedSchema, readSchema } from "../schema-check.ts";
import type { Database } from "../sqlite.ts";
import { shown } from "./expected-rows.ts";
import type { Findings } from "./finding.ts";
import { readRows } from "./reading.ts";

/** Complaints of SQLite that are kept per table. */
const COMPLAINTS = 20;

/**
 * The file itself: tables, indexes and guards as the migrations made them, and every page of every
 * table with its indexes as SQLite understands them. Yields after each table.
 */
export function* checkStructure(db: Database, schema: number, findings: Findings): Generator<void> {
  const expected = expectedSchema(schema);
  for (const { name, type, problem } of compareSchema(expected, readSchema(db)))
    findings.add("schemaChanged", { table: type, row: name, found: problem });
  for (const { name, type } of expected.values()) {
    if (type !== "table") continue;
    const complaints = readRows(db, `PRAGMA integrity_check('${name}')`) ?? [["unreadable"]];
    for (const [complaint] of complaints.slice(0, COMPLAINTS))
      if (complaint !== "ok") findings.add("fileDamaged", { table: name, found: shown(complaint) });
    yield;
  }
}
