import type { CSSProperties } from "react";
import { Label } from "react-aria-components/Label";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { useTranslation } from "react-i18next";
import type { Columns } from "../../../../main/contract/printers.ts";
import { Icon } from "../../../ui/index.ts";
import { RULERS } from "./try-out.ts";
import styles from "./ruler-slip.module.css";

const WIDEST = 48;

/**
 * The ruler slip as it lies in the hand. Tapping a ruler makes the paper that wide, and the wider ones break as they do
 * on paper: when both slips look alike the answer is right.
 */
export function RulerSlip({
  value,
  onChange,
}: {
  value: Columns | null;
  onChange: (columns: Columns) => void;
}) {
  const { t } = useTranslation("settings");
  const columns = value ?? WIDEST;
  return (
    <RadioGroup
      className={styles["rulers"]}
      value={value === null ? null : String(value)}
      onChange={(key) => {
        const chosen = RULERS.find((ruler) => String(ruler) === key);
        if (chosen) onChange(chosen);
      }}
      style={{ "--columns": columns } as CSSProperties}
    >
      <Label className={styles["label"]}>{t("tryOut.width.label")}</Label>
      <div className={styles["rows"]}>
        <span className={styles["paper"]} aria-hidden="true" />
        {RULERS.map((ruler) => (
          <Radio
            key={ruler}
            value={String(ruler)}
            className={styles["row"]}
            aria-label={`${t("tryOut.width.option", { count: ruler })}, ${t(`tryOut.width.roll.${ruler}`)}`}
          >
            <span className={styles["tag"]}>
              <span className={styles["count"]}>{ruler}</span>
              <span className={styles["rollWord"]}>{t(`tryOut.width.roll.${ruler}`)}</span>
            </span>
            <Ruler count={ruler} columns={columns} />
            <span className={styles["mark"]} aria-hidden="true">
              <Icon name="check" size={18} />
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

/** `32 -----|` in cells of the paper; what does not fit goes on below, as a printer does it. */
function Ruler({ count, columns }: { count: number; columns: number }) {
  const first = Math.min(count, columns);
  const rest = count - first;
  return (
    <span className={styles["ruler"]} aria-hidden="true">
      <span className={styles["line"]} style={{ "--cells": first } as CSSProperties}>
        <span className={styles["number"]}>{count}</span>
        <span className={styles["dashes"]} />
        {rest === 0 && <span className={styles["bar"]} />}
      </span>
      {rest > 0 && (
        <span className={styles["line"]} style={{ "--cells": rest } as CSSProperties}>
          <span className={styles["dashes"]} />
          <span className={styles["bar"]} />
        </span>
      )}
    </span>
  );
}
