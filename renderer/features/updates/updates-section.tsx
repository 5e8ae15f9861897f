import { useTranslation } from "react-i18next";
import type { UpdateState } from "../../../main/contract/updates.ts";
import { Spinner } from "../../ui/index.ts";
import { LoadError } from "../../ui/load-error.tsx";
import { NextVersion } from "./next-version.tsx";
import { ThisVersion } from "./this-version.tsx";
import { UpdateKeys } from "./update-keys.tsx";
import styles from "./updates-section.module.css";
import { useUpdates } from "./use-updates.ts";
import { WayBack } from "./way-back.tsx";

/** New versions: what runs, what comes next and when, and the way back. */
export function UpdatesSection() {
  const { t } = useTranslation("updates");
  const { state, error, retry } = useUpdates();
  if (error && !state)
    return <LoadError title={t("loadFailed")} error={error} retry={t("retry")} onRetry={retry} />;
  if (!state)
    return (
      <p className={styles["waiting"]} role="status">
        <Spinner />
      </p>
    );
  return <Loaded state={state} />;
}

function Loaded({ state }: { state: UpdateState }) {
  const { t } = useTranslation("updates");
  return (
    <div className={styles["page"]}>
      <p className={styles["lead"]}>{t("lead")}</p>
      <ThisVersion state={state} />
      {state.offered && <NextVersion state={state} offered={state.offered} />}
      {state.offered && <UpdateKeys state={state} />}
      {state.looks === "here" && <WayBack earlier={state.earlier} />}
    </div>
  );
}
