import { useTranslation } from "react-i18next";
import { Button, Icon } from "../../../ui/index.ts";
import { labelOf } from "../keys/keymap.ts";
import { useSell } from "../sell-context.ts";
import type { Unrung } from "../use-adding.ts";
import styles from "./entry-field.module.css";

/** So many are shown in full; how many more there are is said under them. */
const MOST_SHOWN = 3;

/** What lies on the counter and is not in the basket. Each is told until it is priced or let go, oldest first. */
export function UnrungNotices() {
  const { t } = useTranslation("sell");
  const { unrung } = useSell();
  if (unrung.length === 0) return null;
  const hidden = unrung.length - MOST_SHOWN;
  return (
    <div className={styles["unrung"]}>
      {unrung.slice(0, MOST_SHOWN).map((left, index) => (
        <UnrungNotice key={left.id} left={left} isNext={index === 0} />
      ))}
      {hidden > 0 && <p className={styles["more"]}>{t("unrung.more", { count: hidden })}</p>}
    </div>
  );
}

/** @param isNext the keys act on this one */
function UnrungNotice({ left, isNext }: { left: Unrung; isNext: boolean }) {
  const { t } = useTranslation("sell");
  const { forgetUnrung, run } = useSell();
  const isUnknown = left.why === "unknown";
  return (
    <div className={styles["unknown"]} role="alert">
      <Icon name="tag" size={22} />
      <p>
        <b>
          {isUnknown
            ? t("unknown.title", { code: left.code })
            : t("unrung.title", { name: left.name })}
        </b>{" "}
        {isUnknown ? isNext && t("unknown.now") : t(`problem.${left.why}`)}
      </p>
      {isUnknown && isNext && (
        <Button
          size="small"
          keyHint={labelOf("priced")}
          onPress={() => run("priced")}
          preventFocusOnPress
        >
          {t("unknown.price")}
        </Button>
      )}
      <Button
        size="small"
        variant="quiet"
        icon="close"
        aria-label={t("unknown.dismiss")}
        onPress={() => forgetUnrung([left])}
        preventFocusOnPress
      />
    </div>
  );
}
