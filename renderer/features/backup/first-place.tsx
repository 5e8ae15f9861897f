import { useTranslation } from "react-i18next";
import type { BackupState } from "../../../main/contract/backup.ts";
import { useFormat } from "../../ui/index.ts";
import { LastFailure } from "./last-failure.tsx";
import { PlaceCard, PlaceFacts } from "./place-card.tsx";

/** The folder beside the books. */
export function FirstPlace({ state }: { state: BackupState }) {
  const { t } = useTranslation("backup");
  const format = useFormat();
  const { first, copies } = state;
  const here = copies.filter(({ place }) => place === "first");
  return (
    <PlaceCard
      title={t("place.first")}
      lead={t("place.firstMore")}
      lamp={first.failure ? "bad" : here.length > 0 ? "good" : "off"}
      word={null}
    >
      <PlaceFacts folder={first.folder} copies={here} />
      {first.failure && (
        <LastFailure
          at={format.dateTime(first.failure.atMs)}
          why={t(`problem.${first.failure.problem}`)}
        />
      )}
    </PlaceCard>
  );
}
