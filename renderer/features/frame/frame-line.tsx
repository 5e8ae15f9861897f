import type { ReactNode } from "react";
import { cx, Icon, type IconName } from "../../ui/index.ts";
import styles from "./frame-line.module.css";

interface FrameLineProps {
  /** `loud`: something may be lost; `calm`: nothing is, but somebody has to see to it. */
  tone: "loud" | "calm";
  /** What the line is about, for who does not see it. */
  label: string;
  icon: IconName;
  /** Where it is put right, and the words for going there. */
  href: string;
  go: string;
  /** The sentence. */
  children: ReactNode;
  more?: ReactNode;
}

/** A line across the frame that leads to where something is put right. */
export function FrameLine({ tone, label, icon, href, go, children, more }: FrameLineProps) {
  return (
    <div role={tone === "calm" ? "status" : "alert"} aria-label={label}>
      <a href={href} className={cx(styles["line"], styles[tone])}>
        <Icon name={icon} size={20} />
        <span className={styles["what"]}>{children}</span>
        {more}
        <span className={styles["go"]}>
          {go}
          <Icon name="right" size={16} />
        </span>
      </a>
    </div>
  );
}
