import type { UpdateProblem } from "../contract/updates.ts";

/** A version the server offers. */
export interface OfferedUpdate {
  version: string;
  /** As the server sent them: text, or HTML of a release page. */
  notes: string | null;
  /** ISO 8601. */
  releaseDate: string | null;
}

/** What a till must know to decide whether a version is for it yet. */
export interface Rollout {
  version: string;
  /** 0 to 100; undefined: for everybody. */
  stagingPercentage?: number | undefined;
}

/** What the program that was installed can do about its own versions; a shell brings it. */
export interface UpdateSource {
  /**
   * What is newer than this program and for this till; null: nothing.
   * @throws UpdateFailure offline, badAnswer
   */
  check(isForUs: (rollout: Rollout) => boolean): Promise<OfferedUpdate | null>;
  /**
   * Fetches what `check` found and compares it with the checksum of the list. Fetched before: at once.
   * @returns path of the installer. @throws UpdateFailure offline, damaged, notSigned, diskFull
   */
  download(onShare: (share: number) => void): Promise<string>;
  /** The installer this program came from, where the system kept one. */
  currentInstaller(): string | null;
  /** Closes the till, starts the installer and ends the program. Comes back only when it could not begin. */
  install(): Promise<void>;
}

/** An update that could not be looked for, fetched or begun, for a reason a person can be told. */
export class UpdateFailure extends Error {
  readonly problem: UpdateProblem;

  constructor(problem: UpdateProblem, cause?: unknown) {
    super(problem, { cause });
    this.name = "UpdateFailure";
    this.problem = problem;
  }
}
