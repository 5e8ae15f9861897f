import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { go, useRoute } from "../../routing.ts";
import { cx, Icon, isModalOpen, KeyHint, type IconName } from "../../ui/index.ts";
import styles from "./nav-bar.module.css";
import { PLACES, type Place } from "./places.ts";

const ICONS: Record<Place["page"], IconName> = {
  sell: "sell",
  history: "history",
  dayEnd: "day",
  settings: "settings",
};

export function NavBar() {
  const { t } = useTranslation("common");
  const { page } = useRoute();

  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      const digit = /^Digit([1-4])$/.exec(event.code)?.[1];
      if (digit === undefined || !event.altKey || event.ctrlKey) return;
      event.preventDefault();
      const place = PLACES[Number(digit) - 1];
      // The reminder counts as a modal, but the settings must stay in reach while it is up.
      const isDialogOpen = isModalOpen() && document.querySelector("[role=dialog]") !== null;
      if (place && !isDialogOpen) go(place.hash);
    };
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);

  return (
    <nav className={styles["nav"]} aria-label={t("nav.label")}>
      {PLACES.map((place) => (
        <a
          key={place.page}
          href={place.hash}
          className={cx(styles["place"], page === place.page && styles["here"])}
          aria-current={page === place.page ? "page" : undefined}
          aria-keyshortcuts={place.key}
        >
          <Icon name={ICONS[place.page]} />
          <span>{t(`nav.${place.page}`)}</span>
          <KeyHint>{place.key}</KeyHint>
        </a>
      ))}
    </nav>
  );
}
