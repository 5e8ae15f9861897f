import { setInteractionModality } from "react-aria-components";

/**
 * Enter on a submit key makes the browser click it, and React Aria takes that click for a screen reader's: it
 * then puts every `autoFocus` off until all transitions are over, and where one was cut off they never are, so
 * that the next Enter presses nothing. Says that it was the keyboard. To be called once, when React Aria listens.
 */
export function tellKeyboardClicks(document: Document): void {
  let hasKey = false;
  const watch = (type: string, listener: (event: Event) => void) =>
    document.addEventListener(type, listener, true);
  watch("keydown", (event) => {
    hasKey = event instanceof KeyboardEvent && (event.key === "Enter" || event.key === " ");
  });
  watch("pointerdown", () => {
    hasKey = false;
  });
  watch("click", (event) => {
    if (hasKey && event instanceof MouseEvent && event.detail === 0)
      setInteractionModality("keyboard");
    hasKey = false;
  });
}
