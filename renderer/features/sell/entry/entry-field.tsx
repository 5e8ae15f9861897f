import { useState, type KeyboardEvent, type Ref } from "react";
import { useTranslation } from "react-i18next";
import { Button, Icon, KeyHint, toast } from "../../../ui/index.ts";
import { labelOf } from "../keys/keymap.ts";
import { useSell } from "../sell-context.ts";
import styles from "./entry-field.module.css";
import { UnrungNotices } from "./unrung-notices.tsx";
import { useShelf } from "./use-shelf.ts";

/** One field for everything typed: a name, pinyin, a code, a quantity, an amount. Scans need no field. */
export function EntryField({ inputRef }: { inputRef: Ref<HTMLInputElement> }) {
  const { t } = useTranslation("sell");
  const { entry, setEntry, run, addProduct, scans } = useSell();
  const { t: tShared } = useTranslation("common");
  const { now } = useShelf(entry);
  const [isComposing, setComposing] = useState(false);

  const onEnter = async () => {
    const text = entry.trim();
    if (text === "") return run("pay");
    // What is on the shelf may still be what was found for fewer letters.
    const found = await now();
    if (found === null) return toast("wait", tShared("noAnswer"));
    const first = found[0] ?? null;
    setEntry("");
    // A whole code wins over a name that happens to contain it.
    if (looksLikeCode(text, first !== null))
      return scans.addCode(text, /^\d{6,}$/.test(text) ? null : first);
    if (first !== null) return addProduct(first);
    setEntry(text);
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

/** Words of names are looked for first; everything with digits in it, and what only scanners send, is a code. */
function looksLikeCode(text: string, isFound: boolean): boolean {
  if (/^(?:https?:\/\/|\(0[01]\)|\][A-Za-z]\d)/i.test(text)) return true;
  return /^[\w.-]+$/.test(text) && (/\d/.test(text) || !isFound);
}
