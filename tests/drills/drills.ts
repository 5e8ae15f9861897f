import type { Drill } from "./drill.ts";
import { killDrill } from "./crash/kill-drill.ts";
import { diskFullDrill } from "./disk/disk-full-drill.ts";
import { powerDrill } from "./disk/power-drill.ts";
import { readOnlyDrill } from "./disk/read-only-drill.ts";
import { bitFlipDrill } from "./files/bit-flip-drill.ts";
import { tornWalDrill } from "./files/torn-wal-drill.ts";
import { halfRestoredDrill } from "./restore/half-restored-drill.ts";
import { clockBackDrill } from "./till/clock-back-drill.ts";
import { damagedSettingsDrill } from "./till/damaged-settings-drill.ts";
import { secondInstanceDrill } from "./till/second-instance-drill.ts";

/** Every drill by its name on the command line. */
export const DRILLS: Readonly<Record<string, Drill>> = {
  kill: killDrill,
  power: powerDrill,
  "torn-wal": tornWalDrill,
  "bit-flips": bitFlipDrill,
  "disk-full": diskFullDrill,
  "read-only": readOnlyDrill,
  "second-instance": secondInstanceDrill,
  "clock-back": clockBackDrill,
  "half-restored": halfRestoredDrill,
  "damaged-settings": damagedSettingsDrill,
};
