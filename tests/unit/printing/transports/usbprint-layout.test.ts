import koffi, { type TypeObject } from "koffi";
import { describe, expect, it } from "vitest";
import {
  guidBytes,
  StructReader,
  wideText,
  type CStruct,
} from "../../../../main/printing/transports/usbprint/c-struct.ts";
import * as win32 from "../../../../main/printing/transports/usbprint/win32.ts";
import {
  KERNEL32,
  loadWin32,
  SETUPAPI,
} from "../../../../main/printing/transports/usbprint/win32-table.ts";

/** The same declarations as C has them; this machine and 64-bit Windows lay them out alike. */
const GUID = koffi.struct({
  Data1: "uint32_t",
  Data2: "uint16_t",
  Data3: "uint16_t",
  Data4: koffi.array("uint8_t", 8),
});

describe("structures as C lays them out", () => {
  it.each<[string, CStruct<string>, Record<string, string | TypeObject>]>([
    [
      "SP_DEVICE_INTERFACE_DATA",
      win32.SP_DEVICE_INTERFACE_DATA,
      { cbSize: "uint32_t", InterfaceClassGuid: GUID, Flags: "uint32_t", Reserved: "uintptr_t" },
    ],
    [
      "SP_DEVINFO_DATA",
      win32.SP_DEVINFO_DATA,
      { cbSize: "uint32_t", ClassGuid: GUID, DevInst: "uint32_t", Reserved: "uintptr_t" },
    ],
    [
      "SP_DEVICE_INTERFACE_DETAIL_DATA_W",
      win32.SP_DEVICE_INTERFACE_DETAIL_DATA_W,
      { cbSize: "uint32_t", DevicePath: koffi.array("char16_t", 1) },
    ],
    ["DEVPROPKEY", win32.DEVPROPKEY, { fmtid: GUID, pid: "uint32_t" }],
    [
      "OVERLAPPED",
      win32.OVERLAPPED,
      {
        Internal: "uintptr_t",
        InternalHigh: "uintptr_t",
        Offset: "uint32_t",
        OffsetHigh: "uint32_t",
        hEvent: "void *",
      },
    ],
  ])("%s", (_name, ours, members) => {
    const theirs = koffi.struct(members);
    expect(ours.size).toBe(koffi.sizeof(theirs));
    for (const field of Object.keys(members))
      expect([field, ours.offsets[field]]).toEqual([field, koffi.offsetof(theirs, field)]);
  });

  it("a GUID is written as its members stand", () => {
    const bytes = guidBytes("28d78fad-5a12-11d1-ae5b-0000f803a8c2");
    const { Data1, Data2, Data3, Data4 } = koffi.decode(bytes, GUID) as Record<string, unknown>;
    expect([Data1, Data2, Data3]).toEqual([0x28d78fad, 0x5a12, 0x11d1]);
    expect(Data4).toEqual(Uint8Array.of(0xae, 0x5b, 0, 0, 0xf8, 3, 0xa8, 0xc2));
  });
});

describe("reading structures", () => {
  it("follows pointers into the memory they came with, and no others", () => {
    const struct = win32.OVERLAPPED;
    const memory = Buffer.alloc(2 * struct.size + 8);
    const address = 0x7ff0_0000_1000n;
    memory.write("ab\0", 2 * struct.size, "utf16le");
    memory.writeBigUInt64LE(address + BigInt(2 * struct.size), struct.size + struct.offsets.hEvent);
    memory.writeUInt32LE(7, struct.size + struct.offsets.Offset);
    const reader = new StructReader(struct, memory, address);
    expect(reader.text("hEvent", 1)).toBe("ab");
    expect(reader.text("hEvent", 0)).toBe("");
    expect(reader.number("Offset", 1)).toBe(7);
    const elsewhere = new StructReader(struct, memory, address + 0x1000n);
    expect(() => elsewhere.text("hEvent", 1)).toThrow("points outside");
  });

  it("wide text ends at its zero, or where the memory ends", () => {
    expect(wideText(Buffer.from("票a\0b", "utf16le"))).toBe("票a");
    expect(wideText(Buffer.from("票a", "utf16le"))).toBe("票a");
  });
});

describe("the table of functions", () => {
  it.each(Object.entries({ ...SETUPAPI, ...KERNEL32 }))(
    "%s: a prototype that parses",
    (name, text) => {
      expect(koffi.proto(text).proto?.name).toBe(name);
    },
  );

  it("turns what a function returns, and what it fills in, into one answer", () => {
    const calls: Record<string, unknown[]> = {};
    let code = 0;
    const answers: Record<string, (...args: unknown[]) => unknown> = {
      CreateFileW: () => ((code = 5), -1),
      GetOverlappedResult: (_file, _overlapped, transferred) => {
        (transferred as number[])[0] = 42;
        return 1;
      },
      SetupDiGetDeviceInterfaceDetailW: (...args) => {
        (args[4] as number[])[0] = 99;
        code = 122;
        return 0;
      },
    };
    const table = loadWin32(() => ({
      func: (prototype) => {
        const name = /(\w+)\(/.exec(prototype)?.[1] ?? "";
        return (...args: unknown[]) => {
          calls[name] = args;
          return name === "GetLastError" ? code : (answers[name]?.(...args) ?? 1);
        };
      },
    }));
    expect(table.CreateFileW("x", 1, 0, 3, 4)).toEqual({ value: -1, code: 5 });
    expect(calls["CreateFileW"]).toEqual(["x", 1, 0, null, 3, 4, 0]);
    expect(table.GetOverlappedResult(1, 2n)).toMatchObject({ value: true, transferredBytes: 42 });
    expect(
      table.SetupDiGetDeviceInterfaceDetailW(1, Buffer.alloc(32), null, Buffer.alloc(32)),
    ).toEqual({
      value: false,
      code: 122,
      requiredBytes: 99,
    });
  });

  it("memory that does not move: what is put in comes out", () => {
    const table = loadWin32(() => ({ func: () => () => 0 }));
    const memory = table.allocate(16);
    table.put(memory, Uint8Array.of(1, 2, 3));
    expect([...table.take(memory, 3)]).toEqual([1, 2, 3]);
    table.free(memory);
  });

  it("handles: neither the invalid one nor null is one", () => {
    expect([-1, -1n, 0, 0n, 4, 4n].map(win32.isHandle)).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
  });
});
