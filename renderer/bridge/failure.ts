import { call } from "./call.ts";

const MESSAGE_CHARS = 1_000;
const STACK_CHARS = 10_000;

/** Gives an error of this page its place in the till's log; null when the till does not answer. */
export async function tellFailure(error: unknown): Promise<string | null> {
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  try {
    const { incident } = await call("page.failed", {
      message: message.slice(0, MESSAGE_CHARS),
      stack: stack.slice(0, STACK_CHARS),
    });
    return incident;
  } catch {
    return null;
  }
}

/** Errors that no screen caught are told, too; whatever they broke shows by itself. */
export function tellLostFailures(page: Window): void {
  page.addEventListener("error", ({ error }: ErrorEvent) => void tellFailure(error));
  page.addEventListener("unhandledrejection", ({ reason }) => void tellFailure(reason));
}
