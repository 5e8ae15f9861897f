import { useTranslation } from "react-i18next";
import { mulDivRound } from "../../../../main/domain/money.ts";
import { Button, Icon, useFormat } from "../../../ui/index.ts";
import { labelOf } from "../keys/keymap.ts";
import { useSell } from "../sell-context.ts";
import type { Unrung } from "../use-adding.ts";
import styles from "./entry-field.module.css";

/** So many are shown in full; how many more there are is said under them. */
const MOST_SHOWN = 2;

/** What lies on the counter and is not in the basket. Each is told until it is priced or let go, oldest first. */
export function UnrungNotices() {
  const { t } = useTranslation("sell");
  const { unrung, scans } = useSell();
  if (unrung.length === 0 && !scans.isUnanswered) return null;
  const hidden = unrung.length - MOST_SHOWN;
  const next = unrung.find(({ takesPrice }) => takesPrice);
  return (
    <div className={styles["unrung"]}>
      {scans.isUnanswered && <Unanswered />}
      {unrung.slice(0, MOST_SHOWN).map((left) => (
        <UnrungNotice key={left.id} left={left} isNext={left === next} />
      ))}
      {hidden > 0 && <p className={styles["more"]}>{t("unrung.more", { count: hidden })}</p>}
    </div>
  );
}

/** The till's silence says nothing about the code: it is kept and asked for again. */
function Unanswered() {
  const { t } = useTranslation("sell");
  const { scans } = useSell();
  return (
    <div className={styles["unknown"]} role="alert">
      <Icon name="alert" size={22} />
      <p>
        <b>{t("unanswered.title")}</b> {t("unanswered.now", { count: scans.waiting })}
      </p>
      <Button
        size="small"
        variant="quiet"
        icon="close"
        aria-label={t("unanswered.dismiss")}
        onPress={scans.giveUp}
        preventFocusOnPress
      />
    </div>
  );
}

/** @param isNext the keys act on this one */
function UnrungNotice({ left, isNext }: { left: Unrung; isNext: boolean }) {
  const { t } = useTranslation("sell");
  const { forgetUnrung, run } = useSell();
  return (
    <div className={styles["unknown"]} role="alert">
      <Icon name="tag" size={22} />
      <p>
        <Words left={left} isNext={isNext} />
      </p>
      {isNext && (
        <Button
          size="small"
          keyHint={labelOf("priced")}
          onPress={() => run("priced")}
          preventFocusOnPress
        >
          {left.offer === null ? t("unknown.price") : <Offer offer={left.offer} />}
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

function Words({ left: { why, name, offer }, isNext }: { left: Unrung; isNext: boolean }) {
  const { t } = useTranslation("sell");
  switch (why) {
    case "notListed":
    case "scaleItem":
    case "misread":
    case "webAddress":
    case "noArticle":
      return (
        <>
          <b>{t(`unknown.${why}`, { code: name })}</b>{" "}
          {isNext && t(offer === null ? `unknown.now.${why}` : "unknown.now.offer")}
        </>
      );
    case "openPrice":
      return (
        <>
          <b>{t("unknown.openPrice", { name })}</b> {isNext && t("unknown.now.openPrice")}
        </>
      );
    default:
      return (
        <>
          <b>{t("unrung.title", { name })}</b> {t(`problem.${why}`)}
        </>
      );
  }
}

function Offer({ offer }: { offer: NonNullable<Unrung["offer"]> }) {
  const format = useFormat();
  const { product, quantityMilli, labelMinor } = offer;
  const amountMinor = labelMinor ?? mulDivRound(product.priceMinor, quantityMilli, 1000);
  return (
    <>
      {product.nameZh || product.nameEn} {format.money(amountMinor)}
    </>
  );
}
