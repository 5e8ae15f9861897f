import type { ElectronParts, KeyInput, MenuItem, WindowPart } from "./api.ts";
import type { ShellMemory } from "./shell-memory.ts";

/** As browsers have them. */
const ZOOMS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];

export interface ComfortWays {
  Menu: ElectronParts["Menu"];
  memory: ShellMemory;
  isKiosk: () => boolean;
  isChinese: () => boolean;
}

/**
 * What a window without a menu would lack: Ctrl with +, - and 0 for the size, kept for this PC; F11 for the
 * whole screen; and a menu to cut, copy and paste in fields, which a long press on a touch screen opens too.
 */
export function addComforts(window: WindowPart, ways: ComfortWays): void {
  const { webContents } = window;
  const { memory } = ways;
  webContents.on("did-finish-load", () => webContents.setZoomFactor(memory.zoom));
  webContents.on("before-input-event", (event, input) => {
    if (input.type !== "keyDown") return;
    const zoom = zoomAfter(memory.zoom, input);
    if (zoom !== null) {
      event.preventDefault();
      memory.setZoom(zoom);
      webContents.setZoomFactor(zoom);
    }
    // In a kiosk it is a way out, which its guard asks about.
    if (input.key === "F11" && !ways.isKiosk()) {
      event.preventDefault();
      window.setFullScreen(!window.isFullScreen());
    }
  });
  webContents.on("context-menu", (_event, { isEditable, selectionText }) => {
    const items = menuItems(isEditable, selectionText !== "", ways.isChinese());
    if (items.length > 0) ways.Menu.buildFromTemplate(items).popup();
  });
}

/** The size after this key; null when it is not one for that. */
function zoomAfter(zoom: number, { key, control, alt, meta }: KeyInput): number | null {
  if (!control || alt || meta) return null;
  if (key === "0") return 1;
  if (key === "+" || key === "=") return ZOOMS.find((step) => step > zoom) ?? zoom;
  if (key === "-") return ZOOMS.findLast((step) => step < zoom) ?? zoom;
  return null;
}

function menuItems(isEditable: boolean, hasSelection: boolean, isChinese: boolean): MenuItem[] {
  const [cut, copy, paste, all] = isChinese
    ? ["剪切", "复制", "粘贴", "全选"]
    : ["Cut", "Copy", "Paste", "Select all"];
  const copying: MenuItem = { role: "copy", label: copy ?? "", enabled: hasSelection };
  if (!isEditable) return hasSelection ? [copying] : [];
  return [
    { role: "cut", label: cut ?? "", enabled: hasSelection },
    copying,
    { role: "paste", label: paste ?? "" },
    { role: "selectAll", label: all ?? "" },
  ];
}
