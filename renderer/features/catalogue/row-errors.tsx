import { TableLayout, Virtualizer } from "react-aria-components/Virtualizer";
import { useTranslation } from "react-i18next";
import type { ImportPreviewResult } from "../../../main/contract/catalogue.ts";
import { Cell, Column, Row, Table, TableBody, TableHeader } from "../../ui/index.ts";
import styles from "./catalogue.module.css";
import { useRowErrorText } from "./use-left-out.ts";

/** What has to be put right in the file, by its line numbers. Only the rows in view are in the page. */
export function RowErrors({ preview }: { preview: ImportPreviewResult }) {
  const { t } = useTranslation("catalogue");
  const { errors, errorCount } = preview;
  const errorText = useRowErrorText();
  const rows = errors.map((error, index) => ({ ...error, id: index }));
  return (
    <section className={styles["part"]} aria-labelledby="import-errors">
      <h4 id="import-errors" className={styles["badTitle"]}>
        {t("errors.title", { count: errorCount })}
      </h4>
      <p className={styles["hint"]}>
        {t("errors.lead")}
        {errorCount > errors.length && ` ${t("errors.first", { shown: errors.length })}`}
      </p>
      <div className={styles["errorBox"]} style={{ height: boxHeightPx(errors.length) }}>
        <Virtualizer
          layout={TableLayout}
          layoutOptions={{ estimatedRowHeight: 46, headingHeight: 40 }}
        >
          <Table aria-labelledby="import-errors" className={styles["errorTable"] ?? ""}>
            <TableHeader>
              <Column isRowHeader width={96}>
                {t("errors.line")}
              </Column>
              <Column width="2fr">{t("errors.column")}</Column>
              <Column width="1fr">{t("errors.value")}</Column>
            </TableHeader>
            <TableBody items={rows}>
              {(error) => (
                <Row id={error.id}>
                  <Cell>{error.row}</Cell>
                  <Cell>
                    <span>
                      {errorText(error)}
                      {error.name !== "" && <span className={styles["goods"]}>{error.name}</span>}
                    </span>
                  </Cell>
                  <Cell>
                    <code className={styles["value"]}>
                      {error.value === "" ? "—" : error.value}
                    </code>
                  </Cell>
                </Row>
              )}
            </TableBody>
          </Table>
        </Virtualizer>
      </div>
    </section>
  );
}

/** Room for what there is, up to five rows or so; more of them scroll. */
function boxHeightPx(rows: number): number {
  return Math.min(300, 44 + rows * 68);
}
