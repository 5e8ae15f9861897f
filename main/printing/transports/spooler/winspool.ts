import { cStruct } from "../usbprint/c-struct.ts";
import type { Called, Handle } from "../usbprint/win32.ts";

/** What a call filled into a buffer, or how long the buffer has to be (ERROR.insufficientBuffer). */
export interface Filled extends Called<boolean> {
  neededBytes: number;
  /** Structures filled in. */
  count: number;
  /** Where the buffer was: pointers in it count from there. */
  address: bigint;
}

/**
 * The functions of winspool.drv used to print, named as Windows names them, with the arguments that never
 * vary left out. All of them may take as long as the spooler, or a server behind it, takes to answer.
 */
export interface Winspool {
  /** @returns 0 when it fails */
  OpenPrinterW(name: string): Promise<Called<Handle>>;
  ClosePrinter(printer: Handle): Promise<Called<boolean>>;
  GetPrinterW(printer: Handle, level: number, buffer: Uint8Array | null): Promise<Filled>;
  GetPrinterDriverW(printer: Handle, level: number, buffer: Uint8Array | null): Promise<Filled>;
  EnumPrintersW(flags: number, level: number, buffer: Uint8Array | null): Promise<Filled>;
  EnumJobsW(
    printer: Handle,
    jobs: number,
    level: number,
    buffer: Uint8Array | null,
  ): Promise<Filled>;
  GetJobW(printer: Handle, job: number, level: number, buffer: Uint8Array | null): Promise<Filled>;
  SetJobW(printer: Handle, job: number, command: number): Promise<Called<boolean>>;
  /** @returns the job's number; 0 when it fails */
  StartDocPrinterW(printer: Handle, title: string, datatype: string): Promise<Called<number>>;
  EndDocPrinter(printer: Handle): Promise<Called<boolean>>;
  StartPagePrinter(printer: Handle): Promise<Called<boolean>>;
  EndPagePrinter(printer: Handle): Promise<Called<boolean>>;
  WritePrinter(
    printer: Handle,
    bytes: Uint8Array,
  ): Promise<Called<boolean> & { writtenBytes: number }>;
  /** Ends a document without finishing it. */
  AbortPrinter(printer: Handle): Promise<Called<boolean>>;
}

/** winspool.h */
export const PRINTER_ENUM_LOCAL = 0x02;
export const PRINTER_ENUM_CONNECTIONS = 0x04;
export const PRINTER_DRIVER_XPS = 0x02;

export const PRINTER_STATUS = {
  paused: 0x1,
  error: 0x2,
  pendingDeletion: 0x4,
  paperJam: 0x8,
  paperOut: 0x10,
  manualFeed: 0x20,
  paperProblem: 0x40,
  offline: 0x80,
  outputBinFull: 0x800,
  notAvailable: 0x1000,
  noToner: 0x4_0000,
  pagePunt: 0x8_0000,
  userIntervention: 0x10_0000,
  outOfMemory: 0x20_0000,
  doorOpen: 0x40_0000,
  serverUnknown: 0x80_0000,
  serverOffline: 0x200_0000,
  driverUpdateNeeded: 0x400_0000,
} as const;

export const PRINTER_ATTRIBUTE = { direct: 0x2, workOffline: 0x400, fax: 0x4000 } as const;

export const JOB_STATUS = {
  paused: 0x1,
  error: 0x2,
  deleting: 0x4,
  spooling: 0x8,
  printing: 0x10,
  offline: 0x20,
  paperOut: 0x40,
  printed: 0x80,
  deleted: 0x100,
  blockedQueue: 0x200,
  userIntervention: 0x400,
  restart: 0x800,
  complete: 0x1000,
  retained: 0x2000,
  renderingLocally: 0x4000,
} as const;

export const JOB_CONTROL = { pause: 1, delete: 5 } as const;

/** winerror.h */
export const SPOOLER_ERROR = {
  serverUnavailable: 1722,
  invalidPrinterName: 1801,
  invalidDatatype: 1804,
} as const;

export const PRINTER_INFO_2W = cStruct({
  pServerName: "pointer",
  pPrinterName: "pointer",
  pShareName: "pointer",
  pPortName: "pointer",
  pDriverName: "pointer",
  pComment: "pointer",
  pLocation: "pointer",
  pDevMode: "pointer",
  pSepFile: "pointer",
  pPrintProcessor: "pointer",
  pDatatype: "pointer",
  pParameters: "pointer",
  pSecurityDescriptor: "pointer",
  Attributes: "u32",
  Priority: "u32",
  DefaultPriority: "u32",
  StartTime: "u32",
  UntilTime: "u32",
  Status: "u32",
  cJobs: "u32",
  AveragePPM: "u32",
});

export const PRINTER_INFO_4W = cStruct({
  pPrinterName: "pointer",
  pServerName: "pointer",
  Attributes: "u32",
});

export const JOB_INFO_1W = cStruct({
  JobId: "u32",
  pPrinterName: "pointer",
  pMachineName: "pointer",
  pUserName: "pointer",
  pDocument: "pointer",
  pDatatype: "pointer",
  pStatus: "pointer",
  Status: "u32",
  Priority: "u32",
  Position: "u32",
  TotalPages: "u32",
  PagesPrinted: "u32",
  Submitted: "systemTime",
});

export const DRIVER_INFO_8W = cStruct({
  cVersion: "u32",
  pName: "pointer",
  pEnvironment: "pointer",
  pDriverPath: "pointer",
  pDataFile: "pointer",
  pConfigFile: "pointer",
  pHelpFile: "pointer",
  pDependentFiles: "pointer",
  pMonitorName: "pointer",
  pDefaultDataType: "pointer",
  pszzPreviousNames: "pointer",
  ftDriverDate: "fileTime",
  dwlDriverVersion: "u64",
  pszMfgName: "pointer",
  pszOEMUrl: "pointer",
  pszHardwareID: "pointer",
  pszProvider: "pointer",
  pszPrintProcessor: "pointer",
  pszVendorSetup: "pointer",
  pszzColorProfiles: "pointer",
  pszInfPath: "pointer",
  dwPrinterDriverAttributes: "u32",
  pszzCoreDriverDependencies: "pointer",
  ftMinInboxDriverVerDate: "fileTime",
  dwlMinInboxDriverVerVersion: "u64",
});

export const DOC_INFO_1W = cStruct({
  pDocName: "pointer",
  pOutputFile: "pointer",
  pDatatype: "pointer",
});
