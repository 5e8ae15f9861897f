import type { DisplayPart, ScreenPart, WindowPart } from "./api.ts";

/** Opens the customers' page on this display. */
export type OpenCustomerWindow = (display: DisplayPart) => WindowPart;

/**
 * The customers' screen: on the second display while the owner wants it and there is one. It follows
 * displays that are plugged in, pulled out or moved.
 */
export class CustomerWindow {
  private readonly screen: ScreenPart;
  private readonly openOn: OpenCustomerWindow;
  private isWanted = false;
  private shown: { window: WindowPart; place: string } | null = null;

  constructor(screen: ScreenPart, openOn: OpenCustomerWindow) {
    this.screen = screen;
    this.openOn = openOn;
    const update = () => this.update();
    screen.on("display-added", update);
    screen.on("display-removed", update);
    screen.on("display-metrics-changed", update);
  }

  /** Follows the owner's setting. */
  set(isWanted: boolean): void {
    this.isWanted = isWanted;
    this.update();
  }

  private update(): void {
    const display = this.isWanted ? this.secondDisplay() : null;
    const place = display === null ? null : JSON.stringify([display.id, display.bounds]);
    if (place === (this.shown?.place ?? null)) return;
    const old = this.shown;
    this.shown = null;
    old?.window.destroy();
    if (display === null || place === null) return;
    const window = this.openOn(display);
    this.shown = { window, place };
    window.on("closed", () => {
      // Closed by the system, or given up: shown again when a display changes or the setting does.
      if (this.shown?.window === window) this.shown = null;
    });
  }

  private secondDisplay(): DisplayPart | null {
    const primary = this.screen.getPrimaryDisplay().id;
    return this.screen.getAllDisplays().find(({ id }) => id !== primary) ?? null;
  }
}
