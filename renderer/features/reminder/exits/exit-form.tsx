import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { OwedReceipt } from "../../../../main/contract/values.ts";
import { Button, Choice, RefusalNote, TextField, useFormat } from "../../../ui/index.ts";
import { EXIT_REASONS, FREE_DEFERRALS, type ExitKind } from "./exit-kind.ts";
import styles from "./exits.module.css";
import { useExit } from "./use-exit.ts";

/**
 * A decision instead of a print: two digits that differ every time, a reason, and what the exit needs
 * besides. Enter in a field sends it, but only when everything is filled in.
 */
export function ExitForm({
  kind,
  owed,
  onBack,
}: {
  kind: ExitKind;
  owed: OwedReceipt;
  onBack: () => void;
}) {
  const { t } = useTranslation("reminder");
  const format = useFormat();
  const exit = useExit(kind, owed.saleId);
  const [digits, setDigits] = useState("");
  const [chip, setChip] = useState<string | null>(null);
  const [text, setText] = useState("");
  const [paperNo, setPaperNo] = useState("");
  const [pin, setPin] = useState("");

  const needsPin =
    kind === "defer" && (owed.deferrals >= FREE_DEFERRALS || exit.error?.code === "MANAGER_NEEDED");
  const reason = text.trim() !== "" ? text.trim() : chip === null ? "" : t(`reason.${chip}`);
  const isComplete =
    /^\d{2}$/.test(digits) &&
    reason !== "" &&
    (kind !== "handwritten" || paperNo.trim() !== "") &&
    (!needsPin || /^\d{4,8}$/.test(pin));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete && !exit.isBusy)
      exit.send({ digits, reason, paperNo: paperNo.trim(), pin: needsPin ? pin : null });
  };

  return (
    <form className={styles["form"]} onSubmit={submit}>
      <h3 className={styles["formTitle"]}>{t(`exit.${kind}`)}</h3>
      <p className={styles["explain"]}>{t(`explain.${kind}`)}</p>
      <div className={styles["fields"]}>
        <TextField
          label={t("digits", { amount: format.money(owed.totalMinor) })}
          className={styles["digits"]}
          value={digits}
          onChange={(value) => setDigits(value.replaceAll(/\D/g, "").slice(0, 2))}
          inputMode="numeric"
          autoComplete="off"
          // oxlint-disable-next-line no-autofocus -- the person has just chosen to fill this in
          autoFocus
          isNumeric
        />
        {kind === "handwritten" && (
          <TextField
            label={t("paperNo")}
            value={paperNo}
            onChange={(value) => setPaperNo(value.slice(0, 40))}
            autoComplete="off"
          />
        )}
        {needsPin && (
          <TextField
            label={t("pin")}
            type="password"
            value={pin}
            onChange={(value) => setPin(value.replaceAll(/\D/g, "").slice(0, 8))}
            inputMode="numeric"
            autoComplete="off"
            isNumeric
          />
        )}
      </div>
      <Choice
        label={t("reasonLabel")}
        look="chips"
        value={text.trim() === "" ? chip : null}
        onChange={(value) => {
          setChip(value);
          setText("");
        }}
        options={EXIT_REASONS[kind].map((name) => ({ value: name, label: t(`reason.${name}`) }))}
      />
      <TextField
        label={t("ownWords")}
        value={text}
        onChange={(value) => setText(value.slice(0, 200))}
        autoComplete="off"
      />
      {exit.error && <RefusalNote error={exit.error} />}
      <div className={styles["buttons"]}>
        <Button variant="quiet" icon="left" onPress={onBack} className={styles["back"]}>
          {t("backToPrint")}
        </Button>
        <Button type="submit" isDisabled={!isComplete} isBusy={exit.isBusy} className={styles["send"]}>
          {t(`send.${kind}`)}
        </Button>
      </div>
    </form>
  );
}
