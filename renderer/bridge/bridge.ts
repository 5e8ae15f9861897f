import type { TillBridge } from "../../main/contract/wire.ts";
import { setConnection } from "./connection.ts";
import { createHttpBridge } from "./http-bridge.ts";

let made: TillBridge | null = null;

/** The till behind this page: Electron's when its preload is there, else the loopback server's. */
export function bridge(): TillBridge {
  if (made) return made;
  const electron = window.slipsure;
  if (electron) setConnection("live");
  made = electron ?? createHttpBridge("");
  return made;
}
