import { guidBytes, wideText } from "./c-struct.ts";
import {
  DEVPROP_TYPE_STRING,
  DEVPROPKEY,
  DIGCF_DEVICEINTERFACE,
  DIGCF_PRESENT,
  ERROR,
  isHandle,
  SP_DEVICE_INTERFACE_DATA,
  SP_DEVICE_INTERFACE_DETAIL_DATA_W,
  SP_DEVINFO_DATA,
  type Handle,
  type Win32,
} from "./win32.ts";

/** GUID_DEVINTERFACE_USBPRINT (usbprint.h). */
export const USBPRINT_INTERFACE = guidBytes("28d78fad-5a12-11d1-ae5b-0000f803a8c2");
/** DEVPKEY_Device_BusReportedDeviceDesc (devpkey.h): the model as the printer itself says it. */
const BUS_REPORTED_DESCRIPTION = { fmtid: "540b947e-8b40-45bc-a8a2-6a0b894cbda2", pid: 4 };

/** One printer that usbprint.sys serves now. */
export interface UsbPrintDevice {
  /** What CreateFileW takes, such as `\\?\usb#vid_04b8&pid_0202#…#{28d78fad-…}`. */
  path: string;
  /** null: it does not say. */
  model: string | null;
}

/** What is plugged in now. Opens no printer. @throws Error with the system's code */
export function listUsbPrintDevices(win32: Win32): UsbPrintDevice[] {
  const devices = win32.SetupDiGetClassDevsW(
    USBPRINT_INTERFACE,
    DIGCF_PRESENT | DIGCF_DEVICEINTERFACE,
  );
  if (!isHandle(devices.value)) throw failed("SetupDiGetClassDevsW", devices.code);
  try {
    const found: UsbPrintDevice[] = [];
    for (let index = 0; ; index += 1) {
      const device = readDevice(win32, devices.value, index);
      if (device === "end") return found;
      if (device !== null) found.push(device);
    }
  } finally {
    win32.SetupDiDestroyDeviceInfoList(devices.value);
  }
}

/** null: unplugged while looking. */
function readDevice(win32: Win32, devices: Handle, index: number): UsbPrintDevice | null | "end" {
  const data = sized(SP_DEVICE_INTERFACE_DATA.size);
  const next = win32.SetupDiEnumDeviceInterfaces(devices, USBPRINT_INTERFACE, index, data);
  if (!next.value) {
    if (next.code === ERROR.noMoreItems) return "end";
    throw failed("SetupDiEnumDeviceInterfaces", next.code);
  }
  const info = sized(SP_DEVINFO_DATA.size);
  const size = win32.SetupDiGetDeviceInterfaceDetailW(devices, data, null, info);
  if (size.value || size.code !== ERROR.insufficientBuffer) return null;
  const detail = Buffer.alloc(size.requiredBytes);
  detail.writeUInt32LE(SP_DEVICE_INTERFACE_DETAIL_DATA_W.size, 0);
  if (!win32.SetupDiGetDeviceInterfaceDetailW(devices, data, detail, info).value) return null;
  const path = wideText(detail.subarray(SP_DEVICE_INTERFACE_DETAIL_DATA_W.offsets.DevicePath));
  return { path, model: readModel(win32, devices, info) };
}

function readModel(win32: Win32, devices: Handle, info: Buffer): string | null {
  const key = Buffer.alloc(DEVPROPKEY.size);
  key.set(guidBytes(BUS_REPORTED_DESCRIPTION.fmtid), DEVPROPKEY.offsets.fmtid);
  key.writeUInt32LE(BUS_REPORTED_DESCRIPTION.pid, DEVPROPKEY.offsets.pid);
  const size = win32.SetupDiGetDevicePropertyW(devices, info, key, null);
  if (size.value || size.code !== ERROR.insufficientBuffer) return null;
  const buffer = Buffer.alloc(size.requiredBytes);
  const { value, type } = win32.SetupDiGetDevicePropertyW(devices, info, key, buffer);
  if (!value || type !== DEVPROP_TYPE_STRING) return null;
  return wideText(buffer).trim() || null;
}

/** A structure whose first member says how long it is, as these functions demand. */
function sized(bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUInt32LE(bytes, 0);
  return buffer;
}

function failed(call: string, code: number): Error {
  return new Error(`${call} failed with Windows error ${code}`);
}
