import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { FrameLine } from "../frame/frame-line.tsx";

/** A line across the frame until the owner has dealt with damaged books. Calm: the till sells. */
export function DamageLine() {
  const { t } = useTranslation("damage");
  const { damage } = useStatus();
  if (damage === null || damage.isSettled) return null;
  const word = damage.recovered === null ? "open" : "left";
  return (
    <FrameLine tone="calm" words="damage">
      {t(`line.${word}`)}
    </FrameLine>
  );
}
