import type { Settings } from "../../../main/contract/settings.ts";

const OWNER_KEYS = [
  "receiptLocale",
  "shop",
  "currency",
  "decimalSign",
  "taxMode",
  "widthMm",
  "printer",
  "backupPrinter",
  "autoPrint",
  "template",
  "cashiers",
  "customerDisplay",
  "customerScreen",
  "startWithSystem",
  "kiosk",
  "scaleLabels",
] as const satisfies readonly (keyof Settings)[];

/** What the owner changes under the manager's PIN. */
export type OwnerSettings = Pick<Settings, (typeof OWNER_KEYS)[number]>;

/** Only what differs from the saved settings, so that the log tells what was really changed. */
export function patchOf(
  saved: OwnerSettings,
  draft: Partial<OwnerSettings>,
): Partial<OwnerSettings> {
  const changed = OWNER_KEYS.filter(
    (key) => draft[key] !== undefined && JSON.stringify(draft[key]) !== JSON.stringify(saved[key]),
  );
  return Object.fromEntries(changed.map((key) => [key, draft[key]]));
}

const SHOP_MAX_CHARS = { name: 60, address: 120, phone: 40, footer: 200 } as const;
const SHOP_FIELDS = ["name", "address", "phone", "footer"] as const;

/** Shop fields that can't be saved as they stand. */
export function shopProblems(shop: Settings["shop"]): (keyof Settings["shop"])[] {
  return SHOP_FIELDS.filter((field) => {
    const { length } = shop[field].trim();
    return length > SHOP_MAX_CHARS[field] || (field === "name" && length === 0);
  });
}

export type CashierProblem = "empty" | "tooLong" | "taken" | "tooMany";

/** Why a name can't be added to the cashiers; null when it can. */
export function cashierProblem(name: string, cashiers: readonly string[]): CashierProblem | null {
  const trimmed = name.trim();
  if (trimmed === "") return "empty";
  if (trimmed.length > 40) return "tooLong";
  if (cashiers.includes(trimmed)) return "taken";
  return cashiers.length >= 50 ? "tooMany" : null;
}
