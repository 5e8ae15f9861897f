import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct, useSetSettings } from "../../bridge/index.ts";
import { localeOf, setLanguage } from "../../i18n/start.ts";
import { Button, Choice, RefusalNote } from "../../ui/index.ts";
import { go } from "../../routing.ts";
import { HaveBackup } from "../backup/have-backup.tsx";
import styles from "./first-start.module.css";
import { Preview } from "./preview.tsx";
import { newDraft, problemsOf, setupOf, type SetupDraft } from "./setup-draft.ts";
import { StepPeople } from "./step-people.tsx";
import { StepPrinter } from "./step-printer.tsx";
import { StepShop } from "./step-shop.tsx";
import { Steps } from "./steps.tsx";

const LAST_STEP = 2;

/** Three short steps beside the receipt they are making; a shop name, a cashier and a PIN are enough. */
export function FirstStart() {
  const { t, i18n } = useTranslation(["setup", "common"]);
  const locale = localeOf(i18n.language);
  const setSettings = useSetSettings();
  const setUp = useAct("settings.setUp");
  const [draft, setDraft] = useState(() => newDraft(locale));
  const [step, setStep] = useState(0);
  const [isTried, setTried] = useState(false);
  const problems = problemsOf(step, draft);
  const change = (patch: Partial<SetupDraft>) => setDraft({ ...draft, ...patch });

  const goOn = () => {
    if (problems.length > 0) return setTried(true);
    setTried(false);
    if (step < LAST_STEP) return setStep(step + 1);
    setUp.mutate(setupOf(draft, locale), {
      onSuccess: (settings) => {
        go("#/sell");
        setSettings(settings);
      },
    });
  };
  const shown = { draft, change, problems: isTried ? problems : [] };

  return (
    <main className={styles["start"]}>
      <div className={styles["desk"]}>
        <header className={styles["header"]}>
          <h1 className={styles["name"]}>
            {t("common:appName")} <span className={styles["tagline"]}>{t("tagline")}</span>
          </h1>
          <Choice
            label={t("common:language.label")}
            isLabelHidden
            look="chips"
            value={locale}
            onChange={(next) => {
              const before = newDraft(locale);
              const after = newDraft(next);
              void setLanguage(next);
              // What was not touched follows the language: currency, tax and paper differ by country.
              change({
                currency: draft.currency === before.currency ? after.currency : draft.currency,
                taxMode: draft.taxMode === before.taxMode ? after.taxMode : draft.taxMode,
                widthMm: draft.widthMm === before.widthMm ? after.widthMm : draft.widthMm,
              });
            }}
            options={[
              { value: "zh-CN", label: t("common:language.zh-CN") },
              { value: "en", label: t("common:language.en") },
            ]}
          />
        </header>
        <form
          className={styles["form"]}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            goOn();
          }}
        >
          <Steps current={step} onGo={(index) => index < step && setStep(index)} />
          {step === 0 && <StepShop {...shown} />}
          {step === 1 && <StepPrinter {...shown} />}
          {step === 2 && <StepPeople {...shown} />}
          {setUp.error && <RefusalNote error={setUp.error} />}
          <footer className={styles["footer"]}>
            {step === 0 && <HaveBackup />}
            {step > 0 && (
              <Button variant="quiet" icon="left" onPress={() => setStep(step - 1)}>
                {t("common:back")}
              </Button>
            )}
            <Button type="submit" variant="go" size="big" isBusy={setUp.isPending}>
              {step < LAST_STEP ? t("common:next") : t("open")}
            </Button>
          </footer>
        </form>
      </div>
      <Preview draft={draft} locale={locale} />
    </main>
  );
}
