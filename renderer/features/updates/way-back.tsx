import { useTranslation } from "react-i18next";
import type { UpdateState } from "../../../main/contract/updates.ts";
import styles from "./updates-section.module.css";

/** Where the installer of the version before lies, and what happens to the books. */
export function WayBack({ earlier }: Pick<UpdateState, "earlier">) {
  const { t } = useTranslation("updates");
  const [before] = earlier;
  return (
    <section className={styles["card"]} aria-labelledby="updates-back">
      <h3 id="updates-back" className={styles["cardTitle"]}>
        {t("back.title")}
      </h3>
      <p className={styles["lead"]}>{t("back.lead")}</p>
      {before ? (
        <dl className={styles["file"]}>
          <dt>{t("back.file", { version: before.version })}</dt>
          <dd>{before.path}</dd>
        </dl>
      ) : (
        <p>{t("back.none")}</p>
      )}
      <p className={styles["lead"]}>{t("back.newer")}</p>
    </section>
  );
}
