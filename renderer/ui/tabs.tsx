import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components/Tabs";
import { cx } from "./cx.ts";
import styles from "./tabs.module.css";

export interface TabSpec {
  id: string;
  label: ReactNode;
  content: ReactNode;
}

export function Tabs({
  label,
  tabs,
  selected,
  onSelect,
  className,
}: {
  label: string;
  tabs: readonly TabSpec[];
  selected?: string;
  onSelect?: (id: string) => void;
  className?: string | undefined;
}) {
  return (
    <AriaTabs
      className={cx(styles["tabs"], className)}
      {...(selected === undefined ? {} : { selectedKey: selected })}
      {...(onSelect === undefined ? {} : { onSelectionChange: (key) => onSelect(String(key)) })}
    >
      <TabList aria-label={label} className={styles["list"]}>
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={styles["tab"]}>
            {tab.label}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className={styles["panel"]}>
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
