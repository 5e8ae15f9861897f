/** What a field held before a scanner typed into it. */
export interface FieldSnapshot {
  field: HTMLInputElement | HTMLTextAreaElement;
  value: string;
}

/** The focused field and its text, null when the focus is not in one. */
export function snapshotOfFocus(): FieldSnapshot | null {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement) && !(field instanceof HTMLTextAreaElement)) return null;
  return { field, value: field.value };
}

/**
 * The focused field as it was before `code` was typed at its end; null when that is not what it holds.
 * For bursts whose first key moved the focus into the field, or that began as a dialog closed.
 */
export function snapshotWithout(code: string): FieldSnapshot | null {
  const now = snapshotOfFocus();
  if (now === null || !now.value.endsWith(code)) return null;
  return { field: now.field, value: now.value.slice(0, -code.length) };
}

/**
 * Puts the text back as if nothing had been typed. Leaving the field first ends a composition
 * of the input method, which would otherwise write its letters afterwards.
 */
export function restoreField({ field, value }: FieldSnapshot): void {
  if (!field.isConnected) return;
  field.blur();
  const prototype =
    field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  // React overrides `value` on the element itself; only the prototype's setter is seen as typing.
  Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus({ preventScroll: true });
}
