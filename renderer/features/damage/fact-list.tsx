import { useTranslation } from "react-i18next";
import { Icon, useFormat } from "../../ui/index.ts";
import { damageFacts, type Damage } from "./damage-facts.ts";
import styles from "./damage.module.css";

/** Since when, up to which receipt, from which number on. */
export function FactList({ damage }: { damage: Damage }) {
  const { t } = useTranslation("damage");
  const format = useFormat();
  return (
    <dl className={styles["facts"]}>
      {damageFacts(damage, t, format).map(({ key, icon, word, text }) => (
        <div key={key}>
          <dt>
            <Icon name={icon} size={20} />
            {word}
          </dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
