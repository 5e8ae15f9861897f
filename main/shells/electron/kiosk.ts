import type { KeyInput, WindowPart } from "./api.ts";

/**
 * Keeps a till in kiosk mode open: closing its window asks at the till instead, where the manager's PIN
 * ends it. The end of the system's session is never held up.
 */
export class KioskGuard {
  private isOn = false;
  private mayLeave = false;
  private windows: WindowPart[] = [];
  private readonly ask: () => void;

  /** @param ask says at the till that only the manager can close it */
  constructor(ask: () => void) {
    this.ask = ask;
  }

  get isKiosk(): boolean {
    return this.isOn;
  }

  /** Follows the owner's setting. */
  set(isOn: boolean): void {
    if (isOn === this.isOn) return;
    this.isOn = isOn;
    for (const window of this.windows) this.apply(window);
  }

  /**
   * Shows a window that is ready: over everything in kiosk mode, otherwise as large as the screen allows.
   * Not both: to maximize ends a kiosk, which is a kind of full screen.
   */
  show(window: WindowPart): void {
    if (this.isOn) this.apply(window);
    else window.maximize();
    window.show();
  }

  /** From now on every way out is open: the PIN was right, the system ends, or no page is there to ask. */
  open(): void {
    this.mayLeave = true;
    // What the program or the system has to say now must not stand behind the till.
    for (const window of this.windows) window.setAlwaysOnTop(false);
  }

  guard(window: WindowPart): void {
    this.windows.push(window);
    window.on("closed", () => {
      this.windows = this.windows.filter((other) => other !== window);
    });
    window.on("close", (event) => {
      if (!this.isOn || this.mayLeave) return;
      event.preventDefault();
      this.ask();
    });
    window.webContents.on("before-input-event", (event, input) => {
      if (!this.isOn || this.mayLeave || !isWayOut(input)) return;
      event.preventDefault();
      if (input.type === "keyDown") this.ask();
    });
  }

  private apply(window: WindowPart): void {
    window.setKiosk(this.isOn);
    // Nor may another program's message cover it.
    window.setAlwaysOnTop(this.isOn && !this.mayLeave, "screen-saver");
    if (!this.isOn) window.maximize();
  }
}

/** Keys that close, leave or reload a window. */
function isWayOut({ key, alt, control, meta }: KeyInput): boolean {
  const letter = key.toLowerCase();
  if (alt && (letter === "f4" || letter === " ")) return true;
  if (letter === "f11") return true;
  return (control || meta) && (letter === "w" || letter === "q");
}
