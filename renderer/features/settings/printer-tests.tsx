import { useTranslation } from "react-i18next";
import type { CallOutput } from "../../../main/contract/calls.ts";
import { newRequestId, useAct, useSetStatus, useStatus } from "../../bridge/index.ts";
import { Button, cx, Icon, RefusalNote, Spinner } from "../../ui/index.ts";
import styles from "./settings.module.css";

/** Two questions to a printer: does it answer, and can the answer be believed? */
export function PrinterTests({ isUnsaved }: { isUnsaved: boolean }) {
  const { t } = useTranslation("settings");
  const setStatus = useSetStatus();
  const test = useAct("printer.test");
  const result = isUnsaved ? undefined : test.data;
  return (
    <section className={styles["card"]} aria-labelledby="printer-test">
      <div className={styles["cardHead"]}>
        <div>
          <h3 id="printer-test" className={styles["cardTitle"]}>
            {t("printer.test.title")}
          </h3>
          <p className={styles["lead"]}>
            {t(isUnsaved ? "printer.saveFirst" : "printer.test.lead")}
          </p>
        </div>
        <Button
          icon="printer"
          isBusy={test.isPending}
          isDisabled={isUnsaved}
          onPress={() =>
            test.mutate(
              { requestId: newRequestId() },
              { onSuccess: ({ status }) => setStatus(status) },
            )
          }
        >
          {t("printer.test.action")}
        </Button>
      </div>
      <div role="status">
        {test.isPending && (
          <p className={styles["line"]}>
            <Spinner size={18} /> {t("printer.test.running")}
          </p>
        )}
        {result && !test.isPending && <TestResult result={result} />}
      </div>
      {test.error && !isUnsaved && <RefusalNote error={test.error} />}
      {result?.fence === "paperStatus" && !test.isPending && <CoverTest />}
    </section>
  );
}

const TEST_LOOK = {
  id: { tone: "good", icon: "checkCircle" },
  paperStatus: { tone: "half", icon: "half" },
  none: { tone: "half", icon: "user" },
} as const;

function TestResult({ result }: { result: CallOutput<"printer.test"> }) {
  const { t } = useTranslation("settings");
  const fence = result.answers ? result.fence : "none";
  const { tone, icon } = TEST_LOOK[fence];
  return (
    <div className={cx(styles["result"], styles[tone])}>
      <Icon name={icon} size={22} />
      <div>
        <p className={styles["resultWord"]}>{t(`printer.test.${fence}`)}</p>
        {result.replyMs !== null && (
          <p>
            {t("printer.test.reply", {
              ms: Math.round(result.replyMs),
              mm: Math.round(result.paperMm),
            })}
          </p>
        )}
      </div>
    </div>
  );
}

/** Only a printer whose answer carries no id needs this: the person opens the cover, the till asks. */
function CoverTest() {
  const { t } = useTranslation("settings");
  const setStatus = useSetStatus();
  const { printer } = useStatus();
  const test = useAct("printer.coverTest");
  return (
    <div className={styles["cover"]}>
      <h4 className={styles["cardTitle"]}>{t("printer.cover.title")}</h4>
      <p className={styles["lead"]}>{t("printer.cover.lead")}</p>
      <ol className={styles["coverSteps"]}>
        <li>
          {t("printer.cover.step1")}
          {printer.kind === "practice" && ` — ${t("printer.openPractice")}`}
        </li>
        <li>{t("printer.cover.step2")}</li>
        <li>{t("printer.cover.step3")}</li>
      </ol>
      <Button
        icon="coverOpen"
        isBusy={test.isPending}
        onPress={() =>
          test.mutate(
            { requestId: newRequestId() },
            { onSuccess: ({ status }) => setStatus(status) },
          )
        }
      >
        {t("printer.cover.action")}
      </Button>
      <div role="status">
        {test.isPending && (
          <p className={styles["line"]}>
            <Spinner size={18} /> {t("printer.cover.running")}
          </p>
        )}
        {test.data && !test.isPending && (
          <div className={cx(styles["result"], styles[test.data.qualified ? "good" : "half"])}>
            <Icon name={test.data.qualified ? "checkCircle" : "user"} size={22} />
            <p className={styles["resultWord"]}>
              {t(test.data.qualified ? "printer.cover.qualified" : "printer.cover.notQualified")}
            </p>
          </div>
        )}
      </div>
      {test.error && <RefusalNote error={test.error} />}
    </div>
  );
}
