export type ToastTone = "plain" | "go" | "wait" | "owed";

export interface ToastSpec {
  id: number;
  tone: ToastTone;
  title: string;
  detail: string | null;
  action: { label: string; onAction: () => void } | null;
}

const SHOWN_MS = 6_000;
const MAX_SHOWN = 3;

let shown: readonly ToastSpec[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly ToastSpec[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

/** Says something that needs no answer; goes by itself. The same title twice shows once. */
export function toast(
  tone: ToastTone,
  title: string,
  extra: { detail?: string; action?: { label: string; onAction: () => void } } = {},
): void {
  lastId += 1;
  const spec = {
    id: lastId,
    tone,
    title,
    detail: extra.detail ?? null,
    action: extra.action ?? null,
  };
  const others = shown.filter((other) => other.title !== title);
  set([...others, spec].slice(-MAX_SHOWN));
  setTimeout(() => dismissToast(spec.id), SHOWN_MS);
}

export function dismissToast(id: number): void {
  set(shown.filter((spec) => spec.id !== id));
}

export function toasts(): readonly ToastSpec[] {
  return shown;
}

export function onToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
