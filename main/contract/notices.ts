import { z } from "zod";

/** Something the program itself has to say to whoever is at the till; one line each, until read. */
export const noticeSchema = z.object({
  id: z.int(),
  code: z.enum([
    /** The settings file could not be read; its last good copy is in use. */
    "settingsRecovered",
    /** As before, and the settings in `lost` are as at first start. */
    "settingsPartly",
    /** Nothing of the settings could be had back. */
    "settingsLost",
    /** The settings were written by a newer version. */
    "settingsNewer",
    /** The screen had ended or hung and was loaded again. */
    "pageRestarted",
    /** An error nobody expected, somewhere behind the screen. */
    "unexpected",
    /** Somebody wants to close a till that only its manager may close. */
    "kioskClose",
    /** An article that was sold has characters that neither the printer nor a font can show. */
    "unprintableName",
  ]),
  /** Under which the incident log has it. */
  incident: z.string().nullable(),
  /** Settings that are as at first start now, by name. */
  lost: z.array(z.string()).max(100),
  /** Where the damaged file was put, inside the data folder. */
  file: z.string().nullable(),
  /** The article, and how its name is printed; only of a name that can't be printed whole. */
  article: z.object({ name: z.string(), printed: z.string() }).optional(),
});
export type Notice = z.infer<typeof noticeSchema>;
