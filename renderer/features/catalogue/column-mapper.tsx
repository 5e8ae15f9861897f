import { useTranslation } from "react-i18next";
import type { ImportPreviewResult } from "../../../main/contract/catalogue.ts";
import { Select, Switch } from "../../ui/index.ts";
import styles from "./catalogue.module.css";
import { chooseColumn, IMPORT_FIELDS } from "./import-fields.ts";
import type { ImportFile, ImportWizard } from "./use-import.ts";

/** Which column of the file is which field; every change is previewed at once. */
export function ColumnMapper({
  wizard,
  file,
  preview,
}: {
  wizard: ImportWizard;
  file: ImportFile;
  preview: ImportPreviewResult;
}) {
  const { t } = useTranslation("catalogue");
  // What the person has just chosen counts before the till has answered.
  const current = { ...preview.mapping, ...file.mapping };
  const headers = preview.headers.map((header) => ({ value: header, label: header }));
  return (
    <section className={styles["part"]} aria-labelledby="import-columns">
      <div className={styles["partHead"]}>
        <h4 id="import-columns" className={styles["partTitle"]}>
          {t("columns.title")}
        </h4>
        <p className={styles["hint"]}>{t("columns.lead")}</p>
      </div>
      <div className={styles["columns"]}>
        {IMPORT_FIELDS.map((field) => {
          const isMissing = preview.missingFields.includes(field);
          return (
            <Select
              key={field}
              label={t(`field.${field}`)}
              value={current[field] ?? ""}
              {...(isMissing ? { hint: t("columns.missing"), className: styles["missing"] } : {})}
              onChange={(header) => wizard.changeMapping(chooseColumn(current, field, header))}
              options={[
                { value: "", label: t(isMissing ? "columns.unset" : "columns.none") },
                ...headers,
              ]}
            />
          );
        })}
      </div>
      {preview.namePartChoices.length > 0 && <NameParts wizard={wizard} preview={preview} />}
    </section>
  );
}

/** Sizes, colours, 规格: what tells the variants of one article apart stands in the name, unless somebody minds. */
function NameParts({ wizard, preview }: { wizard: ImportWizard; preview: ImportPreviewResult }) {
  const { t } = useTranslation("catalogue");
  const { namePartChoices, nameParts } = preview;
  return (
    <div className={styles["nameParts"]} role="group" aria-label={t("nameParts.title")}>
      <span>{t("nameParts.title")}</span>
      {namePartChoices.map((header) => (
        <Switch
          key={header}
          label={header}
          isSelected={nameParts.includes(header)}
          onChange={(isIn) =>
            wizard.choose({
              nameParts: namePartChoices.filter((other) =>
                other === header ? isIn : nameParts.includes(other),
              ),
            })
          }
        />
      ))}
    </div>
  );
}
