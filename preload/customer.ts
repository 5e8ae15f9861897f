import { contextBridge, ipcRenderer } from "electron";
import { createCustomerBridge } from "./customer-bridge.ts";

contextBridge.exposeInMainWorld("slipsureCustomer", createCustomerBridge(ipcRenderer));
