import koffi, { type KoffiFunc } from "koffi";
import type { Called, Handle, Memory, Win32 } from "./win32.ts";

/** Loads a library and hands out its functions by prototype; koffi's, or a test's. */
export interface ForeignLibrary {
  func(prototype: string): unknown;
}

/** Handles are `intptr_t`: numbers that are handed back as they came. `void *` takes memory. */
export const SETUPAPI = {
  SetupDiGetClassDevsW:
    "intptr_t __stdcall SetupDiGetClassDevsW(void *ClassGuid, void *Enumerator, intptr_t hwndParent, uint32_t Flags)",
  SetupDiEnumDeviceInterfaces:
    "int __stdcall SetupDiEnumDeviceInterfaces(intptr_t DeviceInfoSet, void *DeviceInfoData, void *InterfaceClassGuid, uint32_t MemberIndex, void *DeviceInterfaceData)",
  SetupDiGetDeviceInterfaceDetailW:
    "int __stdcall SetupDiGetDeviceInterfaceDetailW(intptr_t DeviceInfoSet, void *DeviceInterfaceData, void *DeviceInterfaceDetailData, uint32_t DeviceInterfaceDetailDataSize, _Out_ uint32_t *RequiredSize, void *DeviceInfoData)",
  SetupDiGetDevicePropertyW:
    "int __stdcall SetupDiGetDevicePropertyW(intptr_t DeviceInfoSet, void *DeviceInfoData, void *PropertyKey, _Out_ uint32_t *PropertyType, void *PropertyBuffer, uint32_t PropertyBufferSize, _Out_ uint32_t *RequiredSize, uint32_t Flags)",
  SetupDiDestroyDeviceInfoList:
    "int __stdcall SetupDiDestroyDeviceInfoList(intptr_t DeviceInfoSet)",
} as const;

export const KERNEL32 = {
  CreateFileW:
    "intptr_t __stdcall CreateFileW(str16 lpFileName, uint32_t dwDesiredAccess, uint32_t dwShareMode, void *lpSecurityAttributes, uint32_t dwCreationDisposition, uint32_t dwFlagsAndAttributes, intptr_t hTemplateFile)",
  CreateEventW:
    "intptr_t __stdcall CreateEventW(void *lpEventAttributes, int bManualReset, int bInitialState, void *lpName)",
  CloseHandle: "int __stdcall CloseHandle(intptr_t hObject)",
  ReadFile:
    "int __stdcall ReadFile(intptr_t hFile, void *lpBuffer, uint32_t nNumberOfBytesToRead, void *lpNumberOfBytesRead, void *lpOverlapped)",
  WriteFile:
    "int __stdcall WriteFile(intptr_t hFile, void *lpBuffer, uint32_t nNumberOfBytesToWrite, void *lpNumberOfBytesWritten, void *lpOverlapped)",
  GetOverlappedResult:
    "int __stdcall GetOverlappedResult(intptr_t hFile, void *lpOverlapped, _Out_ uint32_t *lpNumberOfBytesTransferred, int bWait)",
  DeviceIoControl:
    "int __stdcall DeviceIoControl(intptr_t hDevice, uint32_t dwIoControlCode, void *lpInBuffer, uint32_t nInBufferSize, void *lpOutBuffer, uint32_t nOutBufferSize, void *lpBytesReturned, void *lpOverlapped)",
  CancelIoEx: "int __stdcall CancelIoEx(intptr_t hFile, void *lpOverlapped)",
  GetLastError: "uint32_t __stdcall GetLastError()",
} as const;

type Pointer = Uint8Array | Memory | null;

/** The real functions, on Windows. @throws Error where there are none */
export function loadWin32(load: (name: string) => ForeignLibrary = koffi.load): Win32 {
  const setupapi = load("setupapi.dll");
  const kernel32 = load("kernel32.dll");
  const of = <F extends (...args: never[]) => unknown>(
    library: ForeignLibrary,
    prototype: string,
  ) => library.func(prototype) as KoffiFunc<F>;
  const lastError = of<() => number>(kernel32, KERNEL32.GetLastError);
  // koffi keeps GetLastError of its own calls apart from what Node does in between (its 2.6.10).
  const called = <Value>(value: Value): Called<Value> => ({ value, code: lastError() });
  return {
    ...setupFunctions((prototype) => of(setupapi, prototype), called),
    ...fileFunctions((prototype) => of(kernel32, prototype), called),
    allocate: (bytes) => koffi.alloc("uint8_t", bytes) as Memory,
    free: (memory) => koffi.free(memory),
    put: (memory, bytes) => koffi.encode(memory, "uint8_t", bytes, bytes.length),
    take: (memory, bytes) => koffi.decode(memory, "uint8_t", bytes) as Uint8Array,
  };
}

type Get = <F extends (...args: never[]) => unknown>(prototype: string) => KoffiFunc<F>;
type Say = <Value>(value: Value) => Called<Value>;

function setupFunctions(get: Get, called: Say) {
  const getClassDevs = get<(guid: Pointer, enumerator: null, parent: 0, flags: number) => Handle>(
    SETUPAPI.SetupDiGetClassDevsW,
  );
  const enumInterfaces = get<
    (set: Handle, info: null, guid: Pointer, index: number, data: Pointer) => number
  >(SETUPAPI.SetupDiEnumDeviceInterfaces);
  const getDetail = get<
    (
      set: Handle,
      data: Pointer,
      detail: Pointer,
      size: number,
      required: number[],
      info: Pointer,
    ) => number
  >(SETUPAPI.SetupDiGetDeviceInterfaceDetailW);
  const getProperty = get<
    (
      set: Handle,
      info: Pointer,
      key: Pointer,
      type: number[],
      buffer: Pointer,
      size: number,
      required: number[],
      flags: 0,
    ) => number
  >(SETUPAPI.SetupDiGetDevicePropertyW);
  const destroy = get<(set: Handle) => number>(SETUPAPI.SetupDiDestroyDeviceInfoList);
  return {
    SetupDiGetClassDevsW: (guid, flags) => called(getClassDevs(guid, null, 0, flags)),
    SetupDiEnumDeviceInterfaces: (set, guid, index, data) =>
      called(enumInterfaces(set, null, guid, index, data) !== 0),
    SetupDiGetDeviceInterfaceDetailW: (set, data, detail, info) => {
      const required = [0];
      const done = getDetail(set, data, detail, detail?.length ?? 0, required, info);
      return { ...called(done !== 0), requiredBytes: required[0] ?? 0 };
    },
    SetupDiGetDevicePropertyW: (set, info, key, buffer) => {
      const type = [0];
      const required = [0];
      const done = getProperty(set, info, key, type, buffer, buffer?.length ?? 0, required, 0);
      return { ...called(done !== 0), requiredBytes: required[0] ?? 0, type: type[0] ?? 0 };
    },
    SetupDiDestroyDeviceInfoList: (set) => called(destroy(set) !== 0),
  } satisfies Partial<Win32>;
}

function fileFunctions(get: Get, called: Say) {
  const createFile = get<
    (
      path: string,
      access: number,
      share: number,
      security: null,
      disposition: number,
      flags: number,
      template: 0,
    ) => Handle
  >(KERNEL32.CreateFileW);
  const createEvent = get<(security: null, manual: 1, signalled: 0, name: null) => Handle>(
    KERNEL32.CreateEventW,
  );
  type Transfer = (
    file: Handle,
    buffer: Memory,
    bytes: number,
    done: null,
    overlapped: Memory,
  ) => number;
  const readFile = get<Transfer>(KERNEL32.ReadFile);
  const writeFile = get<Transfer>(KERNEL32.WriteFile);
  const getResult = get<
    (file: Handle, overlapped: Memory, transferred: number[], wait: 0) => number
  >(KERNEL32.GetOverlappedResult);
  const cancelIo = get<(file: Handle, overlapped: Memory) => number>(KERNEL32.CancelIoEx);
  const control = get<
    (
      file: Handle,
      code: number,
      input: null,
      inputBytes: 0,
      output: Memory,
      outputBytes: number,
      returned: null,
      overlapped: Memory,
    ) => number
  >(KERNEL32.DeviceIoControl);
  const closeHandle = get<(handle: Handle) => number>(KERNEL32.CloseHandle);
  return {
    CreateFileW: (path, access, share, disposition, flags) =>
      called(createFile(path, access, share, null, disposition, flags, 0)),
    CreateEventW: () => called(createEvent(null, 1, 0, null)),
    CloseHandle: (handle) => called(closeHandle(handle) !== 0),
    ReadFile: (file, buffer, bytes, overlapped) =>
      called(readFile(file, buffer, bytes, null, overlapped) !== 0),
    WriteFile: (file, buffer, bytes, overlapped) =>
      called(writeFile(file, buffer, bytes, null, overlapped) !== 0),
    GetOverlappedResult: (file, overlapped) => {
      const transferred = [0];
      const done = getResult(file, overlapped, transferred, 0);
      return { ...called(done !== 0), transferredBytes: transferred[0] ?? 0 };
    },
    DeviceIoControl: (file, code, out, bytes, overlapped) =>
      called(control(file, code, null, 0, out, bytes, null, overlapped) !== 0),
    CancelIoEx: (file, overlapped) => called(cancelIo(file, overlapped) !== 0),
  } satisfies Partial<Win32>;
}
