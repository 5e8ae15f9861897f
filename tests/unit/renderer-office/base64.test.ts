import { describe, expect, it } from "vitest";
import { base64InSlices } from "../../../renderer/features/catalogue/base64.ts";
import { bytesOfBase64 } from "../../../renderer/features/day-end/save-file.ts";

function noise(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) & 0xff);
}

describe("files as base64", () => {
  it.each([0, 1, 2, 3, 24_575, 24_576, 24_577, 1_500_000])(
    "joins slices of %i bytes",
    async (size) => {
      const bytes = noise(size);
      expect(await base64InSlices(bytes)).toBe(Buffer.from(bytes).toString("base64"));
    },
  );

  it("lets other work run between slices", async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    await base64InSlices(noise(6_000_000));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });

  it("stops when another file was chosen", async () => {
    const abort = new AbortController();
    const encoding = base64InSlices(noise(6_000_000), abort.signal);
    abort.abort(new Error("other file"));
    await expect(encoding).rejects.toThrow("other file");
  });

  it("reads back what a file call sends", () => {
    expect([...bytesOfBase64("AP8Q")]).toEqual([0, 255, 16]);
  });
});
