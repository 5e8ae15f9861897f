import { z } from "zod";
import { MOST } from "./limits.ts";
import { pinSchema } from "./settings.ts";

/** What this PC offers the till; all that a browser tells is that it is one. */
const deviceSchema = z.object({
  /** Screens beside the till's own, each under a name of its own. */
  screens: z.array(z.string()).max(MOST.screens),
  /** false: the system puts windows where it likes, so there is no customers' screen (Wayland). */
  placesWindows: z.boolean(),
  canStartWithSystem: z.boolean(),
});
export type DeviceState = z.infer<typeof deviceSchema>;

const nothing = z.object({});

/** This PC and the program on it. */
export const DEVICE_CALLS = {
  /** What this PC offers. Never refuses. */
  "device.get": { input: nothing, output: deviceSchema },
  /**
   * A text for whoever helps: versions, settings without the shop's names, addresses and texts, and the incidents.
   * Nothing of customers, sales or the PIN. Never refuses.
   */
  "device.support": {
    input: nothing,
    output: z.object({ fileName: z.string(), text: z.string() }),
  },
  /** A page ran into an error nobody expected; the id under which the log has it. Never refuses. */
  "page.failed": {
    input: z.object({ message: z.string().max(1_000), stack: z.string().max(10_000) }),
    output: z.object({ incident: z.string() }),
  },
  /** Ends a till in kiosk mode. WRONG_PIN, PIN_LOCKED, NO_SUCH_CALL where no shell can be ended. */
  "shell.leave": { input: z.object({ pin: pinSchema }), output: nothing },
};
