import { useTranslation } from "react-i18next";
import { BackupSection } from "../backup/backup-section.tsx";
import { UpdatesSection } from "../updates/updates-section.tsx";
import { CatalogueSection } from "../catalogue/catalogue-section.tsx";
import { cx, Icon, type IconName, PageTitle } from "../../ui/index.ts";
import { AppearanceSection } from "./appearance-section.tsx";
import { DeviceSection } from "./device-section.tsx";
import { PeopleSection } from "./people-section.tsx";
import { PrinterSection } from "./printer-section.tsx";
import { ReceiptSection } from "./receipt-section.tsx";
import { ScannerSection } from "./scanner/scanner-section.tsx";
import styles from "./settings.module.css";
import { ShopSection } from "./shop-section.tsx";

const SECTIONS = [
  { name: "appearance", icon: "sun", Section: AppearanceSection },
  { name: "shop", icon: "tag", Section: ShopSection },
  { name: "receipt", icon: "paper", Section: ReceiptSection },
  { name: "printer", icon: "printer", Section: PrinterSection },
  { name: "scanner", icon: "scan", Section: ScannerSection },
  { name: "people", icon: "user", Section: PeopleSection },
  { name: "device", icon: "lock", Section: DeviceSection },
  { name: "catalogue", icon: "box", Section: CatalogueSection },
  { name: "backup", icon: "download", Section: BackupSection },
  { name: "updates", icon: "refresh", Section: UpdatesSection },
] as const satisfies readonly { name: string; icon: IconName; Section: () => React.ReactNode }[];

/** What the owner decides, one section at a time; the address says which. */
export function SettingsPage({ section }: { section: string | null }) {
  const { t } = useTranslation("settings");
  const current = SECTIONS.find((candidate) => candidate.name === section) ?? SECTIONS[0];
  return (
    <main className={styles["page"]}>
      <PageTitle>{t("title")}</PageTitle>
      <nav className={styles["nav"]} aria-label={t("sections.label")}>
        {SECTIONS.map(({ name, icon }) => (
          <a
            key={name}
            href={`#/settings/${name}`}
            className={cx(styles["link"], name === current.name && styles["current"])}
            aria-current={name === current.name ? "page" : undefined}
          >
            <Icon name={icon} />
            {t(`sections.${name}`)}
          </a>
        ))}
      </nav>
      <section className={styles["section"]} aria-labelledby="settings-section">
        <h2 id="settings-section" className={styles["heading"]}>
          {t(`sections.${current.name}`)}
        </h2>
        <current.Section key={current.name} />
      </section>
    </main>
  );
}
