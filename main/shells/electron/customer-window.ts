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
  private wantedName: string | null = null;
  private shown: { window: WindowPart; place: string } | null = null;

  constructor(screen: ScreenPart, openOn: OpenCustomerWindow) {
    this.screen = screen;
    this.openOn = openOn;
    const update = () => this.update();
    screen.on("display-added", update);
    screen.on("display-removed", update);
    screen.on("display-metrics-changed", update);
  }

  /** Follows the owner's setting. @param name one of `otherScreens`; null, or one that is gone: the first of them */
  set(isWanted: boolean, name: string | null): void {
    this.isWanted = isWanted;
    this.wantedName = name;
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
    const others = otherScreens(this.screen);
    const [first = null] = others;
    return (others.find(({ name }) => name === this.wantedName) ?? first)?.display ?? null;
  }
}

/**
 * The displays that are not the till's own, from left to right, each under a name of its own: the system's, and a
 * number where it has none or the same twice. Names, because the system's ids do not survive a new cable.
 */
export function otherScreens(screen: ScreenPart): { name: string; display: DisplayPart }[] {
  const primary = screen.getPrimaryDisplay().id;
  const others = screen
    .getAllDisplays()
    .filter(({ id }) => id !== primary)
    .toSorted((a, b) => a.bounds.x - b.bounds.x || a.bounds.y - b.bounds.y);
  const seen = new Map<string, number>();
  return others.map((display) => {
    const { width, height } = display.bounds;
    const label = display.label.trim() || `${width} × ${height}`;
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    return { name: count === 1 ? label : `${label} (${count})`, display };
  });
}
