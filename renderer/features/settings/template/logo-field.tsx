import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReceiptTemplate } from "../../../../main/contract/template.ts";
import { Button, Choice, Icon } from "../../../ui/index.ts";
import { PaperImage } from "../../../ui/paper-image.tsx";
import {
  isBlank,
  LOGO_SIZES,
  logoOf,
  readPicture,
  type LogoSize,
  type Pixels,
} from "./picture-file.ts";
import styles from "./template.module.css";

type Logo = ReceiptTemplate["logo"];

const SIZES = Object.keys(LOGO_SIZES) as LogoSize[];

/** A picture from this computer, made into dots here and now: what is seen is what will be burnt. */
export function LogoField({
  logo,
  columns,
  onChange,
}: {
  logo: Logo;
  /** Of the receipt printer. */
  columns: number;
  onChange: (logo: Logo) => void;
}) {
  const { t } = useTranslation("settings");
  const input = useRef<HTMLInputElement>(null);
  /** Kept while the room is open, so that the size can be changed without losing sharpness. */
  const [picked, setPicked] = useState<Pixels | null>(null);
  const [size, setSize] = useState<LogoSize>("medium");
  const [isUnreadable, setUnreadable] = useState(false);

  const take = async (file: File) => {
    try {
      const pixels = await readPicture(file);
      setPicked(pixels);
      setUnreadable(false);
      onChange(logoOf(pixels, size, columns));
    } catch {
      // Whatever is wrong with it, the answer is another file.
      setUnreadable(true);
    }
  };

  return (
    <div className={styles["logo"]} role="group" aria-label={t("receipt.logo.label")}>
      <span className={styles["label"]}>{t("receipt.logo.label")}</span>
      <div className={styles["logoRow"]}>
        <LogoPaper logo={logo} columns={columns} />
        <div className={styles["logoKeys"]}>
          <Button icon="upload" onPress={() => input.current?.click()}>
            {t(logo ? "receipt.logo.change" : "receipt.logo.choose")}
          </Button>
          {logo && (
            <Button
              variant="quiet"
              icon="trash"
              onPress={() => {
                setPicked(null);
                onChange(null);
              }}
            >
              {t("receipt.logo.remove")}
            </Button>
          )}
        </div>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={t("receipt.logo.choose")}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) void take(file);
          // The same file may be picked again after it was changed.
          event.target.value = "";
        }}
      />
      {picked && logo && (
        <Choice
          label={t("receipt.logo.size")}
          look="chips"
          value={size}
          onChange={(next) => {
            setSize(next);
            onChange(logoOf(picked, next, columns));
          }}
          options={SIZES.map((value) => ({ value, label: t(`receipt.logo.sizes.${value}`) }))}
        />
      )}
      <LogoNote logo={logo} isUnreadable={isUnreadable} />
    </div>
  );
}

/** A piece of the paper with the logo as wide on it as it will be. */
function LogoPaper({ logo, columns }: { logo: Logo; columns: number }) {
  const { t } = useTranslation("settings");
  return (
    <div className={styles["logoPaper"]}>
      {logo ? (
        <PaperImage line={{ kind: "image", role: "shop", ...logo }} columns={columns} />
      ) : (
        <span className={styles["noLogo"]}>{t("receipt.logo.none")}</span>
      )}
    </div>
  );
}

function LogoNote({ logo, isUnreadable }: { logo: Logo; isUnreadable: boolean }) {
  const { t } = useTranslation("settings");
  const trouble = isUnreadable ? "unreadable" : logo && isBlank(logo) ? "blank" : null;
  if (trouble === null) return <p className={styles["hint"]}>{t("receipt.logo.hint")}</p>;
  return (
    <p className={styles["trouble"]} role="alert">
      <Icon name="alert" size={18} />
      {t(`receipt.logo.${trouble}`)}
    </p>
  );
}
