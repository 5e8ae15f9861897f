import { cStruct } from "./c-struct.ts";

/** A handle of the system: a number to it, never a pointer to us. */
export type Handle = number | bigint;
/** Memory that does not move, for calls that go on after they have returned. */
export type Memory = bigint;

/** What a call returned, and `GetLastError` right behind it; the code counts only when the call failed. */
export interface Called<Value> {
  value: Value;
  code: number;
}

/**
 * The Windows functions used to reach usbprint.sys, named as Windows names them, with the arguments that
 * never vary left out. None of them blocks: files are opened overlapped.
 */
export interface Win32 {
  /** @returns INVALID_HANDLE when it fails */
  SetupDiGetClassDevsW(interfaceClass: Uint8Array, flags: number): Called<Handle>;
  SetupDiEnumDeviceInterfaces(
    devices: Handle,
    interfaceClass: Uint8Array,
    index: number,
    interfaceData: Uint8Array,
  ): Called<boolean>;
  /** `detail` null asks for the size alone; `deviceInfo` is filled in as well. */
  SetupDiGetDeviceInterfaceDetailW(
    devices: Handle,
    interfaceData: Uint8Array,
    detail: Uint8Array | null,
    deviceInfo: Uint8Array,
  ): Called<boolean> & { requiredBytes: number };
  SetupDiGetDevicePropertyW(
    devices: Handle,
    deviceInfo: Uint8Array,
    propertyKey: Uint8Array,
    buffer: Uint8Array | null,
  ): Called<boolean> & { requiredBytes: number; type: number };
  SetupDiDestroyDeviceInfoList(devices: Handle): Called<boolean>;

  /** @returns INVALID_HANDLE when it fails */
  CreateFileW(
    path: string,
    access: number,
    share: number,
    disposition: number,
    flags: number,
  ): Called<Handle>;
  /** A manual-reset event, not signalled. @returns 0 when it fails */
  CreateEventW(): Called<Handle>;
  CloseHandle(handle: Handle): Called<boolean>;
  ReadFile(file: Handle, buffer: Memory, bytes: number, overlapped: Memory): Called<boolean>;
  WriteFile(file: Handle, buffer: Memory, bytes: number, overlapped: Memory): Called<boolean>;
  /** Never waits: ERROR.ioIncomplete while the transfer is under way. */
  GetOverlappedResult(
    file: Handle,
    overlapped: Memory,
  ): Called<boolean> & { transferredBytes: number };
  CancelIoEx(file: Handle, overlapped: Memory): Called<boolean>;
  /** Nothing goes in; up to `bytes` come out. */
  DeviceIoControl(
    file: Handle,
    control: number,
    out: Memory,
    bytes: number,
    overlapped: Memory,
  ): Called<boolean>;

  allocate(bytes: number): Memory;
  free(memory: Memory): void;
  /** Copies into memory that does not move. */
  put(memory: Memory, bytes: Uint8Array): void;
  /** Copies out of it. */
  take(memory: Memory, bytes: number): Uint8Array;
}

export const INVALID_HANDLE = -1;

/** false for INVALID_HANDLE_VALUE and the null handle. */
export function isHandle(handle: Handle): boolean {
  return ![BigInt(INVALID_HANDLE), 0n].includes(BigInt(handle));
}

/** winerror.h */
export const ERROR = {
  invalidFunction: 1,
  fileNotFound: 2,
  pathNotFound: 3,
  accessDenied: 5,
  genFailure: 31,
  sharingViolation: 32,
  notSupported: 50,
  invalidParameter: 87,
  semTimeout: 121,
  insufficientBuffer: 122,
  busy: 170,
  noMoreItems: 259,
  operationAborted: 995,
  ioIncomplete: 996,
  ioPending: 997,
  deviceNotConnected: 1167,
} as const;

/** setupapi.h, winnt.h, winbase.h, fileapi.h, devpropdef.h */
export const DIGCF_PRESENT = 0x02;
export const DIGCF_DEVICEINTERFACE = 0x10;
export const GENERIC_READ = 0x8000_0000;
export const GENERIC_WRITE = 0x4000_0000;
export const OPEN_EXISTING = 3;
export const FILE_FLAG_OVERLAPPED = 0x4000_0000;
/** usbprint.h: CTL_CODE(FILE_DEVICE_UNKNOWN, USBPRINT_IOCTL_INDEX + 12, METHOD_BUFFERED, FILE_ANY_ACCESS). */
export const IOCTL_USBPRINT_GET_LPT_STATUS = 0x22_0030;
export const DEVPROP_TYPE_STRING = 0x12;

/** setupapi.h */
export const SP_DEVICE_INTERFACE_DATA = cStruct({
  cbSize: "u32",
  InterfaceClassGuid: "guid",
  Flags: "u32",
  Reserved: "u64",
});
export const SP_DEVINFO_DATA = cStruct({
  cbSize: "u32",
  ClassGuid: "guid",
  DevInst: "u32",
  Reserved: "u64",
});
/** Its `DevicePath` goes on behind the structure; `cbSize` counts the one unit declared. */
export const SP_DEVICE_INTERFACE_DETAIL_DATA_W = cStruct({ cbSize: "u32", DevicePath: "u16" });
/** devpropdef.h */
export const DEVPROPKEY = cStruct({ fmtid: "guid", pid: "u32" });
/** minwinbase.h */
export const OVERLAPPED = cStruct({
  Internal: "u64",
  InternalHigh: "u64",
  Offset: "u32",
  OffsetHigh: "u32",
  hEvent: "pointer",
});
