import koffi, { type TypeObject } from "koffi";
import { describe, expect, it } from "vitest";
import type { CStruct, CType } from "../../../../main/printing/transports/usbprint/c-struct.ts";
import * as winspool from "../../../../main/printing/transports/spooler/winspool.ts";
import {
  docInfo,
  LAST_ERROR,
  loadWinspool,
  WINSPOOL,
} from "../../../../main/printing/transports/spooler/winspool-table.ts";

/** C's own types for the members; this machine and 64-bit Windows lay them out alike. */
const C: Record<CType, string | TypeObject> = {
  u16: "uint16_t",
  u32: "uint32_t",
  u64: "uint64_t",
  pointer: "char16_t *",
  guid: koffi.struct({
    Data1: "uint32_t",
    Data23: koffi.array("uint16_t", 2),
    Data4: koffi.array("uint8_t", 8),
  }),
  fileTime: koffi.struct({ dwLowDateTime: "uint32_t", dwHighDateTime: "uint32_t" }),
  systemTime: koffi.struct({ words: koffi.array("uint16_t", 8) }),
};

describe("structures as C lays them out", () => {
  it.each<[string, CStruct<string>, number]>([
    ["PRINTER_INFO_2W", winspool.PRINTER_INFO_2W, 136],
    ["PRINTER_INFO_4W", winspool.PRINTER_INFO_4W, 24],
    ["JOB_INFO_1W", winspool.JOB_INFO_1W, 96],
    ["DRIVER_INFO_8W", winspool.DRIVER_INFO_8W, 200],
    ["DOC_INFO_1W", winspool.DOC_INFO_1W, 24],
  ])("%s", (_name, ours, size) => {
    const members = Object.entries(ours.types).map(([field, type]) => [field, C[type]] as const);
    const theirs = koffi.struct(Object.fromEntries(members));
    expect([ours.size, koffi.sizeof(theirs)]).toEqual([size, size]);
    for (const [field] of members)
      expect([field, ours.offsets[field]]).toEqual([field, koffi.offsetof(theirs, field)]);
  });

  it("the members that decide stand where winspool.h puts them", () => {
    expect(winspool.PRINTER_INFO_2W.offsets).toMatchObject({ pPortName: 24, pDriverName: 32 });
    expect(winspool.PRINTER_INFO_2W.offsets).toMatchObject({ Attributes: 104, Status: 124 });
    expect(winspool.JOB_INFO_1W.offsets).toMatchObject({ Status: 56, PagesPrinted: 72 });
    expect(winspool.DRIVER_INFO_8W.offsets.dwPrinterDriverAttributes).toBe(168);
  });

  it("a document's description, read back as C would", () => {
    const memory = docInfo("小票 7", "RAW", koffi.address);
    const type = koffi.struct({ pDocName: "str16", pOutputFile: "str16", pDatatype: "str16" });
    expect(koffi.decode(memory, type)).toEqual({
      pDocName: "小票 7",
      pOutputFile: null,
      pDatatype: "RAW",
    });
  });
});

describe("the table of functions", () => {
  it.each(Object.entries({ ...WINSPOOL, GetLastError: LAST_ERROR }))(
    "%s: a prototype that parses",
    (name, text) => {
      expect(koffi.proto(text).proto?.name).toBe(name);
    },
  );

  it("calls on a worker, reads the code in the callback, and hands over what was filled in", async () => {
    const asked: unknown[][] = [];
    let code = 0;
    const answers: Record<string, (args: unknown[]) => number> = {
      OpenPrinterW: (args) => {
        (args[1] as number[])[0] = 0x1234;
        return 1;
      },
      EnumJobsW: (args) => {
        (args[6] as number[])[0] = 77;
        code = 122;
        return 0;
      },
      StartDocPrinterW: () => 9,
      WritePrinter: (args) => {
        (args[3] as number[])[0] = 2;
        return 1;
      },
    };
    const table = loadWinspool(() => ({
      func: (prototype: string) => {
        const name = /(\w+)\(/.exec(prototype)?.[1] ?? "";
        const sync = () => {
          if (name === "GetLastError") return code;
          throw new Error(`${name} would block`);
        };
        return Object.assign(sync, {
          async: (...all: unknown[]) => {
            const done = all.pop() as (error: null, value: number) => void;
            asked.push([name, ...all]);
            setImmediate(() => done(null, answers[name]?.(all) ?? 1));
          },
        });
      },
    }));
    expect(await table.OpenPrinterW("q")).toEqual({ value: 0x1234, code: 0 });
    expect(await table.EnumJobsW(5, 3, 1, null)).toEqual({
      value: false,
      code: 122,
      neededBytes: 77,
      count: 1,
      address: 0n,
    });
    expect(await table.StartDocPrinterW(5, "t", "RAW")).toMatchObject({ value: 9 });
    const bytes = Uint8Array.of(1, 2);
    expect(await table.WritePrinter(5, bytes)).toMatchObject({ value: true, writtenBytes: 2 });
    expect(asked[1]).toEqual(["EnumJobsW", 5, 0, 3, 1, null, 0, [77], [1]]);
    expect(asked[3]).toEqual(["WritePrinter", 5, bytes, 2, [2]]);
  });

  it("a call that can't be made rejects", async () => {
    const table = loadWinspool(() => ({
      func: () => ({
        async: (...all: unknown[]) => (all.at(-1) as (e: Error) => void)(new Error("no")),
      }),
    }));
    await expect(table.ClosePrinter(1)).rejects.toThrow("no");
  });
});
