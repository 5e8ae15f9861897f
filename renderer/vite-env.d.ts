/// <reference types="vite/client" />
import type { CustomerBridge, TillBridge } from "../main/contract/wire.ts";

declare global {
  interface Window {
    /** Set by the Electron preload; absent in the browser shell. */
    slipsure?: TillBridge;
    /** Set by the preload of the customers' screen. */
    slipsureCustomer?: CustomerBridge;
  }
}
