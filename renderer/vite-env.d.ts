/// <reference types="vite/client" />
import type { TillBridge } from "../main/contract/wire.ts";

declare global {
  interface Window {
    /** Set by the Electron preload; absent in the browser shell. */
    slipsure?: TillBridge;
  }
}
