import { useState, type KeyboardEvent, type Ref } from "react";
import { useTranslation } from "react-i18next";
import { Button, Icon, KeyHint } from "../../../ui/index.ts";
import { labelOf } from "../keys/keymap.ts";
import { useSell } from "../sell-context.ts";
import styles from "./entry-field.module.css";
import { UnrungNotices } from "./unrung-notices.tsx";
import { useShelf } from "./use-shelf.ts";

/** One field for everything typed: a name, pinyin, a code, a quantity, an amount. Scans need no field. */
export function EntryField({ inputRef }: { inputRef: Ref<HTMLInputElement> }) {
  const { t } = useTranslation("sell");
  const { entry, setEntry, run, addProduct, addCode } = useSell();
  const { products } = useShelf(entry);
  const [isComposing, setComposing] = useState(false);

  const onEnter = async () => {
    const text = entry.trim();
    if (text === "") return run("pay");
    const first = products[0];
    // A whole code wins over a name that happens to contain it.
    if (/^[\w.-]+$/.test(text) && (/\d/.test(text) || !first)) {
      setEntry("");
      const isKnown = await addCode(text);
      if (isKnown) return;
      if (!/^\d{6,}$/.test(text) && first) addProduct(first);
      return;
    }
    if (!first) return;
    addProduct(first);
    setEntry("");
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || isComposing || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void onEnter();
  };

  return (
    <div className={styles["entry"]}>
      <div className={styles["box"]}>
        <Icon name="search" size={22} />
        <input
          ref={inputRef}
          className={styles["input"]}
          data-entry=""
          value={entry}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="go"
          aria-label={t("entry.label")}
          placeholder={t("entry.placeholder")}
          onChange={(event) => setEntry(event.target.value)}
          onKeyDown={onKeyDown}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
        />
        {entry !== "" ? (
          <Button
            variant="quiet"
            icon="close"
            aria-label={t("entry.clear")}
            onPress={() => setEntry("")}
            preventFocusOnPress
          />
        ) : (
          <KeyHint>{labelOf("search")}</KeyHint>
        )}
      </div>
      <UnrungNotices />
    </div>
  );
}
