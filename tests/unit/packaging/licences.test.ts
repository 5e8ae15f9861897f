import { expect, it } from "vitest";
import { LicenceError, licenceList } from "../../../main/packaging/licences.ts";

const one = (licence: string | null, name = "slip") => ({
  ...{ name, version: "1.0.0", licence },
  text: "Permission is hereby granted",
});

it("lists every package with its licence and text", () => {
  const list = licenceList([one("MIT"), one("(MIT OR GPL-3.0)", "choice")]);
  expect(list).toMatch(/^slip 1\.0\.0: MIT$/m);
  expect(list).toContain("Permission is hereby granted");
  expect(list).toContain("libusb");
});

it("makes no list when a licence is unknown, missing, or not one a shop can be given", () => {
  for (const licence of [null, "SEE LICENSE IN FILE", "GPL-3.0-only", "MIT AND GPL-3.0"])
    expect(() => licenceList([one("MIT"), one(licence, "trap")]), String(licence)).toThrow(
      LicenceError,
    );
});
