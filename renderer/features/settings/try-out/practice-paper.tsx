import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useCall, useFeed } from "../../../bridge/index.ts";
import styles from "./try-out.module.css";

const NEWEST = { slips: 1 };

/** What has come out of the practice printer last: its paper is nowhere but on the screen. */
export function PracticePaper() {
  const { t } = useTranslation(["settings", "practice"]);
  const client = useQueryClient();
  const paper = useCall("practice.paper", NEWEST, { keepPrevious: true });
  useFeed("paper", () => {
    void client.invalidateQueries({ queryKey: ["practice.paper"] });
  });
  const slip = paper.data?.slips.at(-1);
  if (!slip) return null;
  return (
    <div
      className={styles["practicePaper"]}
      role="region"
      aria-label={t("practice:paper")}
      tabIndex={0}
    >
      <img
        src={`data:image/png;base64,${slip.png}`}
        alt={t("practice:slip", {
          id: slip.id,
          mm: Math.round(slip.heightMm),
          text: slip.text.replace(/\s+/g, " ").trim(),
        })}
      />
    </div>
  );
}
