import type { CustomerView } from "../../main/contract/customer.ts";

const RECONNECT_MS = 1_000;

/**
 * What the till wants customers to see: from Electron's preload when it is there, else from the loopback
 * server. null: the till does not answer, and what it said last may be wrong by now.
 */
export function followTill(listener: (view: CustomerView | null) => void): () => void {
  const electron = window.slipsureCustomer;
  return electron ? electron.listen(listener) : followServer(listener);
}

function followServer(listener: (view: CustomerView | null) => void): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource("/customer-feed");
    source.addEventListener("customer", (event: MessageEvent<string>) =>
      listener(JSON.parse(event.data) as CustomerView),
    );
    source.addEventListener("error", () => {
      listener(null);
      // CLOSED: the browser does not try again by itself (e.g. an HTTP error answer).
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, RECONNECT_MS);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
