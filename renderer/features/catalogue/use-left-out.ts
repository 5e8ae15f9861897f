import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportRowError } from "../../../main/contract/catalogue.ts";
import { call, CallRefused } from "../../bridge/index.ts";
import { toast } from "../../ui/index.ts";
import { saveFile } from "../day-end/save-file.ts";
import { IMPORT_FIELDS, rowErrorSentence, skipSentence } from "./import-fields.ts";
import { leftOutCsv } from "./left-out-csv.ts";
import type { ImportFile } from "./use-import.ts";

/** What is wrong with one cell, in words, with the line it collides with. */
export function useRowErrorText(): (error: ImportRowError) => string {
  const { t } = useTranslation("catalogue");
  return ({ field, code, otherRow }) => {
    const known = IMPORT_FIELDS.find((candidate) => candidate === field);
    const sentence = t(`rowError.${rowErrorSentence(code)}`, { otherRow: otherRow ?? "" });
    return known === undefined
      ? sentence
      : t("errors.inField", { field: t(`field.${known}`), sentence });
  };
}

/** Saves every row that an import leaves out, with its line and why, for a spreadsheet. */
export function useLeftOutFile(file: ImportFile | null) {
  const { t } = useTranslation("catalogue");
  const errorText = useRowErrorText();
  const [isSaving, setIsSaving] = useState(false);
  const save = async () => {
    if (file === null) return;
    setIsSaving(true);
    try {
      const leftOut = await call("catalogue.leftOut", file);
      const text = leftOutCsv(leftOut, {
        line: t("errors.line"),
        reason: t("leftOut.reason"),
        reasonsOf: ({ errors, skipped }) =>
          skipped === null ? errors.map(errorText).join("; ") : t(`skip.${skipSentence(skipped)}`),
      });
      const name = t("leftOut.fileName", { fileName: file.fileName.replace(/\.[^.]*$/, "") });
      saveFile(name, text, "text/csv;charset=utf-8");
      toast("go", t("leftOut.saved", { fileName: name }));
    } catch (error) {
      if (!(error instanceof CallRefused)) throw error;
      toast("wait", t("leftOut.notSaved"));
    } finally {
      setIsSaving(false);
    }
  };
  return { isSaving, save: () => void save() };
}
