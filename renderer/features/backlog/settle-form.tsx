import { useState, type FormEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, Choice, RefusalNote, TextField, useFormat } from "../../ui/index.ts";
import { isPin } from "../../ui/pin-dialog.tsx";
import { digitsOnly } from "../reminder/exits/exit-draft.ts";
import exitStyles from "../reminder/exits/exits.module.css";
import type { BacklogGroups } from "./backlog-groups.ts";
import type { Backlog } from "./use-backlog.ts";

const REASONS: readonly string[] = ["customersLeft", "notWanted", "handwritten"];

interface Why {
  /** Key of a ready-made reason; empty: none. */
  chip: string;
  ownWords: string;
}
const NO_REASON: Why = { chip: "", ownWords: "" };

/** Not printed, for a reason, with the manager's PIN. Enter sends it only when all of it is there. */
export function SettleForm({
  groups,
  backlog,
  onBack,
}: {
  groups: BacklogGroups;
  backlog: Backlog;
  onBack: () => void;
}) {
  const { t } = useTranslation(["backlog", "reminder"]);
  const { waitingCount, lateCount, count } = groups;
  const hasBoth = waitingCount > 0 && lateCount > 0;
  const [which, setWhich] = useState<"late" | "all">(hasBoth ? "late" : "all");
  const [why, setWhy] = useState(NO_REASON);
  const [pin, setPin] = useState("");
  const isOnlyLate = hasBoth && which === "late";
  const reason = why.ownWords.trim() || (why.chip && t(`settle.reason.${why.chip}`));
  const isComplete = reason !== "" && isPin(pin);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isComplete || backlog.busy !== null) return;
    backlog.settle(isOnlyLate ? "late" : "all", reason, pin);
    // A wrong one is typed anew; a right one must not stay.
    setPin("");
  };

  return (
    <form className={exitStyles["form"]} onSubmit={submit}>
      <h3 className={exitStyles["formTitle"]}>{t("settle.form")}</h3>
      <p id="reminder-fix" className={exitStyles["explain"]}>
        {t("settle.explain")}
      </p>
      {hasBoth && <WhichOnes groups={groups} which={which} onChange={setWhich} />}
      <Reason why={why} onChange={setWhy}>
        <TextField
          label={t("reminder:pin")}
          type="password"
          value={pin}
          onChange={(value) => setPin(digitsOnly(value, 8))}
          inputMode="numeric"
          autoComplete="off"
          isNumeric
        />
      </Reason>
      {backlog.error && <RefusalNote error={backlog.error} />}
      <div className={exitStyles["buttons"]}>
        <Button variant="quiet" icon="left" onPress={onBack} className={exitStyles["back"]}>
          {t("settle.back")}
        </Button>
        <Button
          type="submit"
          isDisabled={!isComplete}
          isBusy={backlog.busy === "settle"}
          className={exitStyles["send"]}
        >
          {t("settle.send", { count: isOnlyLate ? lateCount : count })}
        </Button>
      </div>
    </form>
  );
}

function WhichOnes({
  groups,
  which,
  onChange,
}: {
  groups: BacklogGroups;
  which: "late" | "all";
  onChange: (which: "late" | "all") => void;
}) {
  const { t } = useTranslation("backlog");
  const format = useFormat();
  const { lateCount, lateMinor, count, totalMinor } = groups;
  return (
    <Choice
      label={t("settle.which")}
      value={which}
      onChange={onChange}
      options={[
        {
          value: "late",
          label: t("settle.onlyLate", { count: lateCount }),
          detail: format.money(lateMinor),
        },
        {
          value: "all",
          label: t("settle.everything", { count }),
          detail: format.money(totalMinor),
        },
      ]}
    />
  );
}

/** A ready-made reason or one's own words, which win over it. */
function Reason({
  why,
  onChange,
  children,
}: {
  why: Why;
  onChange: (why: Why) => void;
  children: ReactNode;
}) {
  const { t } = useTranslation(["backlog", "reminder"]);
  return (
    <>
      <Choice
        label={t("reminder:reasonLabel")}
        look="chips"
        value={why.ownWords.trim() === "" ? why.chip || null : null}
        onChange={(chip) => onChange({ chip, ownWords: "" })}
        options={REASONS.map((name) => ({ value: name, label: t(`settle.reason.${name}`) }))}
      />
      <div className={exitStyles["fields"]}>
        <TextField
          label={t("reminder:ownWords")}
          value={why.ownWords}
          onChange={(value) => onChange({ ...why, ownWords: value.slice(0, 200) })}
          autoComplete="off"
        />
        {children}
      </div>
    </>
  );
}
