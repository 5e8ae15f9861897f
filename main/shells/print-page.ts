/**
 * How both shells know that a page is ready for paper: it puts the attribute `data-print-ready` on
 * some element once everything it shows has arrived. The expression is evaluated in that page and
 * resolves to true, or to false when that does not happen in time.
 */
export function printReadyExpression(timeoutMs: number): string {
  return `new Promise((resolve) => {
  const isReady = () => document.querySelector("[data-print-ready]") !== null;
  const finish = (ready) => {
    observer.disconnect();
    clearTimeout(timer);
    document.fonts.ready.then(() => resolve(ready));
  };
  const observer = new MutationObserver(() => isReady() && finish(true));
  const timer = setTimeout(() => finish(isReady()), ${timeoutMs});
  observer.observe(document, { subtree: true, childList: true, attributes: true });
  if (isReady()) finish(true);
})`;
}

/** Longest wait for the page itself; the till's own data is on this PC. */
export const PRINT_READY_MS = 10_000;
