import styles from "./page-title.module.css";

/** The heading of a page, for those who can't see which place in the navigation is lit. */
export function PageTitle({ children }: { children: string }) {
  return <h1 className={styles["title"]}>{children}</h1>;
}
