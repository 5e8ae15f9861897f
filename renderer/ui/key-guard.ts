/** A worn key or a bad cable sends two presses where a finger made one; no finger is that fast. */
const BOUNCE_MS = 40;

/**
 * Lets no key act that nobody pressed on purpose: one that repeats because it is stuck or leaned on, and Enter or
 * a function key that bounces. What repeats freely is what moves or deletes inside a text. To be called once,
 * before anything else listens for keys.
 */
export function guardKeys(page: Window): void {
  let last: { code: string; atMs: number } | null = null;
  const stop = (event: KeyboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.repeat) {
      if (!mayRepeat(event)) stop(event);
      return;
    }
    const isConfirming = /^(?:Enter|NumpadEnter|Space|F\d{1,2})$/.test(event.code);
    const isBounce =
      isConfirming && last?.code === event.code && event.timeStamp - last.atMs < BOUNCE_MS;
    last = { code: event.code, atMs: event.timeStamp };
    if (isBounce && !isWriting(event)) stop(event);
  };
  page.addEventListener("keydown", onKeyDown, { capture: true });
}

const MOVES = /^(?:Arrow\w+|Home|End|PageUp|PageDown|Tab|Shift\w*|Control\w*|Alt\w*|Meta\w*)$/;

function mayRepeat(event: KeyboardEvent): boolean {
  if (event.isComposing || MOVES.test(event.code)) return true;
  const { target } = event;
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && /^(?:Backspace|Delete)$/.test(event.code)
    ? target.value !== ""
    : false;
}

/** Space belongs to the text. */
function isWriting({ code, target }: KeyboardEvent): boolean {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  return code === "Space" && isField;
}
