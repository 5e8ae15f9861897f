import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-paths.ts";
import styles from "./empty-state.module.css";

/** Nothing here yet, and what would bring something here. */
export function EmptyState({
  icon,
  title,
  children,
}: {
  icon: IconName;
  title: string;
  children?: ReactNode;
}) {
  return (
    <div className={styles["empty"]}>
      <span className={styles["icon"]}>
        <Icon name={icon} size={32} />
      </span>
      <p className={styles["title"]}>{title}</p>
      {children !== undefined && <div className={styles["text"]}>{children}</div>}
    </div>
  );
}
