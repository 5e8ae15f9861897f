import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, Icon, TextField } from "../../ui/index.ts";
import { ChangePin } from "./change-pin.tsx";
import { SaveBar } from "./save-bar.tsx";
import { cashierProblem, type CashierProblem } from "./settings-draft.ts";
import styles from "./settings.module.css";
import { useOwnerDraft, type OwnerDraft } from "./use-owner-draft.ts";

/** Who sells, and the manager's PIN. */
export function PeopleSection() {
  const { t } = useTranslation("settings");
  const draft = useOwnerDraft();
  return (
    <>
      <div className={styles["form"]}>
        <p className={styles["lead"]}>{t("people.lead")}</p>
        <Cashiers draft={draft} />
        <ChangePin />
      </div>
      <SaveBar draft={draft} />
    </>
  );
}

function Cashiers({ draft }: { draft: OwnerDraft }) {
  const { t } = useTranslation("settings");
  const { cashiers } = draft.value;
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<CashierProblem | null>(null);
  const add = () => {
    const found = cashierProblem(name, cashiers);
    setProblem(found);
    if (found !== null) return;
    draft.change({ cashiers: [...cashiers, name.trim()] });
    setName("");
  };
  return (
    <section className={styles["card"]} aria-labelledby="people-cashiers">
      <h3 id="people-cashiers" className={styles["cardTitle"]}>
        {t("people.cashiers")}
      </h3>
      <ul className={styles["cashiers"]}>
        {cashiers.map((cashier) => (
          <li key={cashier} className={styles["cashier"]}>
            <Icon name="user" />
            <span>{cashier}</span>
            <Button
              variant="quiet"
              size="small"
              icon="trash"
              aria-label={t("people.remove", { name: cashier })}
              isDisabled={cashiers.length === 1}
              onPress={() =>
                draft.change({ cashiers: cashiers.filter((other) => other !== cashier) })
              }
            />
          </li>
        ))}
      </ul>
      {cashiers.length === 1 && <p className={styles["lead"]}>{t("people.lastOne")}</p>}
      <form
        className={styles["add"]}
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextField
          label={t("people.addLabel")}
          value={name}
          onChange={(text) => {
            setName(text);
            setProblem(null);
          }}
          error={problem === null ? null : t(`people.problem.${problem}`)}
        />
        <Button type="submit" icon="plus">
          {t("people.add")}
        </Button>
      </form>
    </section>
  );
}
