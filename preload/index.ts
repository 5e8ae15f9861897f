import { contextBridge, ipcRenderer } from "electron";
import { createPreloadBridge } from "./bridge.ts";

// Hands the page the contract and nothing else of Electron.
contextBridge.exposeInMainWorld("slipsure", createPreloadBridge(ipcRenderer, navigator.language));
