import { useEffect, useId } from "react";
import { Label } from "react-aria-components/Label";
import { RadioGroup } from "react-aria-components/RadioGroup";
import { useTranslation } from "react-i18next";
import type { PrinterConfig } from "../../../../main/contract/printers.ts";
import { useCall } from "../../../bridge/index.ts";
import { Button, Icon, RefusalNote, Spinner } from "../../../ui/index.ts";
import {
  chooseFound,
  pickable,
  wayKey,
  type PrinterForm,
  type PrinterProblem,
} from "./printer-form.ts";
import { NetworkFields, SerialFields } from "./printer-fields.tsx";
import styles from "./printer-picker.module.css";
import { PrinterOption } from "./printer-option.tsx";

export interface PrinterPickerProps {
  label: string;
  form: PrinterForm;
  onChange: (form: PrinterForm) => void;
  /** Field that can't be used as it is, with the sentence that stands under it. */
  problem: { field: PrinterProblem; text: string } | null;
  /** In use in this place now; stays to be chosen although it was not found. */
  current: PrinterConfig | null;
  /** In use in the other place, and what that place is called. */
  taken?: { printer: PrinterConfig; label: string } | null;
}

const WAYS = ["tcp", "serial", "practice"] as const;

/** Every printer that can be used: what was found on this computer, and the ways that need an address. */
export function PrinterPicker(props: PrinterPickerProps) {
  const { label, form, onChange, current, taken = null } = props;
  const { t } = useTranslation("settings");
  const keyOfTaken = taken === null ? null : wayKey(taken.printer);
  const takenIf = (key: string) => (key === keyOfTaken ? (taken?.label ?? null) : null);
  const value = form.choice === "found" && form.found ? wayKey(form.found) : form.choice;
  const pick = (key: string, printers: readonly PrinterConfig[]) => {
    const way = WAYS.find((name) => name === key);
    if (way) return onChange({ ...form, choice: way });
    const found = printers.find((printer) => wayKey(printer) === key);
    if (found) onChange(chooseFound(form, found));
  };
  const search = useCall("printer.find", {});
  const { refetch } = search;
  // What was found the last time says little about which cables are in now.
  useEffect(() => void refetch({ cancelRefetch: false }), [refetch]);
  const entries = pickable(search.data?.printers ?? [], current);
  const isSerial =
    form.choice === "serial" || (form.choice === "found" && form.found?.kind === "serial");
  return (
    <div className={styles["room"]}>
      <div className={styles["picker"]}>
        <RadioGroup
          className={styles["group"]}
          value={value}
          onChange={(key) =>
            pick(
              key,
              entries.map(({ printer }) => printer),
            )
          }
        >
          <Label className={styles["label"]}>{label}</Label>
          <FoundColumn search={search} count={entries.length}>
            {entries.map(({ printer, found }) => (
              <PrinterOption
                key={wayKey(printer)}
                value={wayKey(printer)}
                printer={printer}
                found={found}
                isCurrent={current !== null && wayKey(current) === wayKey(printer)}
                takenBy={takenIf(wayKey(printer))}
              />
            ))}
          </FoundColumn>
          <OtherWays takenBy={takenIf("practice")} />
        </RadioGroup>
        <div className={styles["fields"]}>
          {form.choice === "tcp" && <NetworkFields {...props} />}
          {isSerial && <SerialFields {...props} />}
          {form.choice === "practice" && (
            <p className={styles["note"]}>{t("printer.practiceMore")}</p>
          )}
        </div>
      </div>
    </div>
  );
}

function FoundColumn({
  search,
  count,
  children,
}: {
  search: ReturnType<typeof useCall<"printer.find">>;
  /** Entries shown, found or not. */
  count: number;
  children: React.ReactNode;
}) {
  const { t } = useTranslation("settings");
  const id = useId();
  return (
    <section className={styles["column"]} aria-labelledby={id}>
      <div className={styles["head"]}>
        <h3 id={id} className={styles["heading"]}>
          {t("printer.find.title")}
        </h3>
        <Button
          size="small"
          variant="quiet"
          icon="refresh"
          isBusy={search.isFetching}
          onPress={() => void search.refetch()}
        >
          {t("printer.find.again")}
        </Button>
      </div>
      {children}
      <div role="status">
        {search.isFetching && count === 0 && (
          <p className={styles["looking"]}>
            <Spinner size={18} /> {t("printer.find.looking")}
          </p>
        )}
        {!search.isFetching && search.isSuccess && count === 0 && (
          <div className={styles["nothing"]}>
            <Icon name="search" size={22} />
            <p>
              <strong>{t("printer.find.nothing")}</strong> {t("printer.find.nothingMore")}
            </p>
          </div>
        )}
      </div>
      {search.error && !search.isFetching && <RefusalNote error={search.error} />}
    </section>
  );
}

function OtherWays({ takenBy }: { takenBy: string | null }) {
  const { t } = useTranslation("settings");
  const id = useId();
  return (
    <section className={styles["column"]} aria-labelledby={id}>
      <div className={styles["head"]}>
        <h3 id={id} className={styles["heading"]}>
          {t("printer.find.others")}
        </h3>
      </div>
      <PrinterOption value="tcp" icon="globe" name={t("printer.tcp")} way={t("printer.tcpNote")} />
      <PrinterOption
        value="serial"
        icon="cable"
        name={t("printer.serial")}
        way={t("printer.serialNote")}
      />
      <PrinterOption
        value="practice"
        icon="paper"
        name={t("printer.practice")}
        way={t("printer.practiceNote")}
        takenBy={takenBy}
      />
    </section>
  );
}
