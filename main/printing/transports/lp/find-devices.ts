import { constants } from "node:fs";
import { access, readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { FoundPrinter } from "../../../contract/printers.ts";

/**
 * The USB printers the kernel's own driver has taken.
 * @param devDir normally /dev
 * @param sysDir normally /sys
 */
export async function findDevices(devDir: string, sysDir: string): Promise<FoundPrinter[]> {
  const usbDir = join(devDir, "usb");
  const names = await readdir(usbDir).catch(() => []);
  const paths = names.filter((name) => /^lp\d+$/.test(name)).map((name) => join(usbDir, name));
  return Promise.all(
    paths.toSorted().map(async (path): Promise<FoundPrinter> => {
      const isAllowed = await access(path, constants.R_OK | constants.W_OK).then(
        () => true,
        () => false,
      );
      return {
        config: { kind: "lp", path },
        name: (await nameOf(join(sysDir, "class", "usbmisc", basename(path)))) ?? path,
        detail: path,
        hint: isAllowed ? null : "noPermission",
      };
    }),
  );
}

/** From the printer's IEEE 1284 device id, `MFG:EPSON;MDL:TM-T20II;...`; null when it has none. */
async function nameOf(sysDeviceDir: string): Promise<string | null> {
  const id = await readFile(join(sysDeviceDir, "device", "ieee1284_id"), "utf8").catch(() => "");
  const fields = new Map(
    id.split(";").map((field) => {
      const colon = field.indexOf(":");
      return [field.slice(0, colon).trim().toUpperCase(), field.slice(colon + 1).trim()] as const;
    }),
  );
  const maker = fields.get("MFG") ?? fields.get("MANUFACTURER");
  const model = fields.get("MDL") ?? fields.get("MODEL") ?? fields.get("DES");
  if (model === undefined) return maker ?? null;
  return maker === undefined || model.startsWith(maker) ? model : `${maker} ${model}`;
}
