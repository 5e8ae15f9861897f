import { useTranslation } from "react-i18next";
import type { CallInput } from "../../../main/contract/calls.ts";
import { useAct, useSetSettings, useSettings } from "../../bridge/index.ts";
import { Choice, RefusalNote, Switch } from "../../ui/index.ts";
import styles from "./settings.module.css";

type Appearance = CallInput<"settings.appearance">;

/** This screen's language, theme, density and sound: takes effect at once, without a PIN. */
export function AppearanceSection() {
  const { t } = useTranslation("settings");
  const settings = useSettings();
  const setSettings = useSetSettings();
  const act = useAct("settings.appearance");
  const change = (patch: Appearance) => act.mutate(patch, { onSuccess: setSettings });
  return (
    <div className={styles["form"]}>
      <p className={styles["lead"]}>{t("appearance.lead")}</p>
      <Choice
        label={t("appearance.locale")}
        value={settings.locale ?? "system"}
        onChange={(locale) => change({ locale: locale === "system" ? null : locale })}
        options={[
          { value: "system", label: t("appearance.localeSystem"), icon: "globe" },
          { value: "zh-CN", label: <span lang="zh-CN">{t("appearance.zh")}</span> },
          { value: "en", label: <span lang="en">{t("appearance.en")}</span> },
        ]}
      />
      <Choice
        label={t("appearance.theme")}
        value={settings.theme}
        onChange={(theme) => change({ theme })}
        options={[
          { value: "system", label: t("appearance.themeSystem"), icon: "half" },
          { value: "light", label: t("appearance.themeLight"), icon: "sun" },
          { value: "dark", label: t("appearance.themeDark"), icon: "moon" },
        ]}
      />
      <Choice
        label={t("appearance.density")}
        look="cards"
        value={settings.density}
        onChange={(density) => change({ density })}
        options={[
          {
            value: "touch",
            label: t("appearance.densityTouch"),
            detail: t("appearance.densityTouchNote"),
            icon: "hand",
          },
          {
            value: "compact",
            label: t("appearance.densityCompact"),
            detail: t("appearance.densityCompactNote"),
            icon: "keyboard",
          },
        ]}
      />
      <Switch
        label={t("appearance.sound")}
        detail={t("appearance.soundNote")}
        isSelected={settings.sound}
        onChange={(sound) => change({ sound })}
      />
      {act.error && <RefusalNote error={act.error} />}
    </div>
  );
}
