import { useTranslation } from "react-i18next";
import type { PrinterConfig, PrinterKind } from "../../../../main/contract/printers.ts";
import type { IconName } from "../../../ui/index.ts";

/** What stands beside the name of a printer, by the way to it. */
export const WAY_ICON: Record<PrinterKind, IconName> = {
  practice: "paper",
  tcp: "globe",
  usb: "cable",
  usbprint: "cable",
  lp: "cable",
  serial: "cable",
  spooler: "list",
  cups: "list",
};

export interface PrinterWords {
  /** What a person calls it: its maker's name where it has one, else what it is. */
  name: (config: PrinterConfig) => string;
  /** How it is connected, in one plain line. */
  way: (config: PrinterConfig) => string;
}

/** Printers and the ways to them as a shopkeeper would say it. */
export function usePrinterWords(): PrinterWords {
  const { t } = useTranslation("settings");
  return {
    name: (config) => {
      switch (config.kind) {
        case "usb":
        case "usbprint":
          return config.name.trim() === "" ? t("printer.kinds.usb") : config.name;
        case "spooler":
        case "cups":
          return config.queue;
        case "lp":
          return t("printer.kinds.usb");
        case "serial":
          return t("printer.kinds.serial");
        case "tcp":
          return t("printer.tcp");
        case "practice":
          return t("printer.practice");
      }
    },
    way: (config) => {
      switch (config.kind) {
        case "serial": {
          const flow = t(`printer.flows.${config.flow}`);
          return t("printer.ways.serial", { path: config.path, baud: config.baudRate, flow });
        }
        case "tcp":
          return t("printer.ways.tcp", { host: config.host, port: config.port });
        case "lp":
          return t("printer.ways.lp", { path: config.path });
        case "spooler":
        case "cups":
        case "usb":
        case "usbprint":
        case "practice":
          return t(`printer.ways.${config.kind}`);
      }
    },
  };
}
