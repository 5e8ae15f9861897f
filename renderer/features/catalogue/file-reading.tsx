import { useTranslation } from "react-i18next";
import type { ImportPreviewResult } from "../../../main/contract/catalogue.ts";
import { Select, toast } from "../../ui/index.ts";
import styles from "./catalogue.module.css";
import { useEncodingName } from "./encoding-name.tsx";
import { ENCODINGS } from "./import-fields.ts";
import type { ImportFile, ImportWizard } from "./use-import.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const;
const DELIMITER_WORD = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" } as const;

/** How the file was read: found out by itself, and everything of it can be changed. */
export function FileReading({
  wizard,
  file,
  preview,
}: {
  wizard: ImportWizard;
  file: ImportFile;
  preview: ImportPreviewResult;
}) {
  const { t } = useTranslation("catalogue");
  const encodingName = useEncodingName();
  const encoding = ENCODINGS.find((known) => known === (file.choices.encoding ?? preview.encoding));
  const delimiter = DELIMITERS.find(
    (known) => known === (file.choices.delimiter ?? preview.delimiter),
  );
  const sign = file.choices.decimalSign ?? preview.decimalSign ?? "";
  const isAsked = preview.questions.some(({ kind }) => kind === "decimalSign");
  const misfit = () => toast("wait", t("readAs.misfit"));
  return (
    <section className={styles["part"]} aria-labelledby="import-reading">
      <div className={styles["partHead"]}>
        <h4 id="import-reading" className={styles["partTitle"]}>
          {t("readAs.title")}
        </h4>
        <p className={styles["hint"]}>{t("readAs.lead")}</p>
      </div>
      <div className={styles["readAs"]}>
        <Select
          label={t("readAs.encoding")}
          value={encoding ?? "utf-8"}
          onChange={(chosen) => wizard.choose({ encoding: chosen }, misfit)}
          options={ENCODINGS.map((value) => ({ value, label: encodingName(value) }))}
        />
        <Select
          label={t("readAs.delimiter")}
          value={delimiter ?? ","}
          onChange={(chosen) => wizard.choose({ delimiter: chosen }, misfit)}
          options={DELIMITERS.map((value) => ({
            value,
            label: t(`delimiter.${DELIMITER_WORD[value]}`),
          }))}
        />
        <Select
          label={t("readAs.decimalSign")}
          value={sign}
          onChange={(chosen) => {
            if (chosen !== "") wizard.choose({ decimalSign: chosen }, misfit);
          }}
          options={[
            ...(sign === ""
              ? [{ value: "" as const, label: t(isAsked ? "readAs.askedSign" : "readAs.noSign") }]
              : []),
            { value: "." as const, label: t("readAs.point") },
            { value: "," as const, label: t("readAs.comma") },
          ]}
        />
      </div>
    </section>
  );
}
