import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { CallOutput } from "../../../main/contract/calls.ts";
import type { ImportChoices, ImportPreviewResult } from "../../../main/contract/catalogue.ts";
import { call, CallRefused, callSafely, newRequestId } from "../../bridge/index.ts";
import type { RefusalBody } from "../../../main/contract/refusals.ts";
import { base64InSlices } from "./base64.ts";
import { MAX_FILE_BYTES } from "./import-fields.ts";

/** A chosen file, read once; previews and the import send the same bytes. */
export interface ImportFile {
  fileName: string;
  bytes: string;
  /** Columns chosen by the person, null while the headers decide alone. */
  mapping: Record<string, string> | null;
  /** What else the person decided about this file. */
  choices: ImportChoices;
}

export type ImportResult = CallOutput<"catalogue.import">;

export type ImportStep =
  | { name: "choose" }
  | { name: "reading"; fileName: string }
  | { name: "unreadable"; fileName: string; refusal: RefusalBody }
  | { name: "check"; file: ImportFile; preview: ImportPreviewResult }
  /** `file` is null for the sample, of which nothing is left out. */
  | { name: "done"; result: ImportResult; file: ImportFile | null };

export interface ImportWizard {
  step: ImportStep;
  /** A preview for other columns is on its way; the old one is still shown. */
  isMapping: boolean;
  isImporting: boolean;
  importError: CallRefused | null;
  chooseFile: (file: File) => void;
  changeMapping: (mapping: Record<string, string>) => void;
  /** Reads the file again with another answer; what doesn't fit the file changes nothing and calls `onMisfit`. */
  choose: (choices: ImportChoices, onMisfit?: () => void) => void;
  runImport: (pin: string, onDone: () => void) => void;
  runSample: (pin: string, onDone: () => void) => void;
  forgetError: () => void;
  startOver: () => void;
}

/** Choose, check, import. Every new choice makes the answers to older ones worthless. */
export function useImport(): ImportWizard {
  const [step, setStep] = useState<ImportStep>({ name: "choose" });
  const [isMapping, setIsMapping] = useState(false);
  const running = useRef<AbortController | null>(null);
  const writing = useImportWrite((result, file) => setStep({ name: "done", result, file }));
  useEffect(() => () => running.current?.abort(), []);

  const begin = (): AbortSignal => {
    running.current?.abort();
    running.current = new AbortController();
    return running.current.signal;
  };

  const preview = async (file: ImportFile, signal: AbortSignal) => {
    const result = await call("catalogue.preview", file);
    if (!signal.aborted) setStep({ name: "check", file, preview: result });
  };

  const guarded = async (fileName: string, signal: AbortSignal, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (signal.aborted) return;
      setStep({ name: "unreadable", fileName, refusal: refusalOf(error) });
    } finally {
      if (!signal.aborted) setIsMapping(false);
    }
  };

  return {
    step,
    isMapping,
    ...writing,
    chooseFile: (file) => {
      const signal = begin();
      setIsMapping(false);
      setStep({ name: "reading", fileName: file.name });
      void guarded(file.name, signal, async () => {
        if (file.size > MAX_FILE_BYTES) throw new CallRefused(tooLarge());
        const bytes = await base64InSlices(new Uint8Array(await file.arrayBuffer()), signal);
        await preview({ fileName: file.name, bytes, mapping: null, choices: {} }, signal);
      });
    },
    changeMapping: (mapping) => {
      if (step.name !== "check") return;
      const file = { ...step.file, mapping };
      const signal = begin();
      setIsMapping(true);
      setStep({ ...step, file });
      void guarded(file.fileName, signal, () => preview(file, signal));
    },
    choose: (choices, onMisfit) => {
      if (step.name !== "check") return;
      // Another encoding or delimiter makes other headers of the same file.
      const isOtherTable = "encoding" in choices || "delimiter" in choices;
      const { nameParts: _parts, ...kept } = step.file.choices;
      const file = {
        ...step.file,
        mapping: isOtherTable ? null : step.file.mapping,
        choices: { ...(isOtherTable ? kept : step.file.choices), ...choices },
      };
      const signal = begin();
      setIsMapping(true);
      setStep({ ...step, file });
      void guarded(file.fileName, signal, async () => {
        try {
          await preview(file, signal);
        } catch (error) {
          if (signal.aborted || onMisfit === undefined) throw error;
          if (!(error instanceof CallRefused) || error.code !== "FILE_UNREADABLE") throw error;
          setStep(step);
          onMisfit();
        }
      });
    },
    runImport: (pin, onDone) => {
      if (step.name === "check") writing.runFile(step.file, pin, onDone);
    },
    startOver: () => {
      begin();
      setStep({ name: "choose" });
    },
  };
}

/** The two calls that change the catalogue; a lost answer is asked for again with the same id. */
function useImportWrite(onResult: (result: ImportResult, file: ImportFile | null) => void) {
  const queries = useQueryClient();
  const [isImporting, setIsImporting] = useState(false);
  const [importError, setImportError] = useState<CallRefused | null>(null);
  const run = async (
    file: ImportFile | null,
    write: () => Promise<ImportResult>,
    onDone: () => void,
  ) => {
    setIsImporting(true);
    setImportError(null);
    try {
      const result = await write();
      // What the shelf has found before would be sold at the prices of before.
      void queries.invalidateQueries({ queryKey: ["catalogue.search"] });
      onResult(result, file);
      onDone();
    } catch (error) {
      if (!(error instanceof CallRefused)) throw error;
      setImportError(error);
    } finally {
      setIsImporting(false);
    }
  };
  return {
    isImporting,
    importError,
    forgetError: () => setImportError(null),
    runFile: (file: ImportFile, pin: string, onDone: () => void) =>
      void run(
        file,
        () => callSafely("catalogue.import", { requestId: newRequestId(), ...file, pin }),
        onDone,
      ),
    runSample: (pin: string, onDone: () => void) =>
      void run(
        null,
        () => callSafely("catalogue.importSample", { requestId: newRequestId(), pin }),
        onDone,
      ),
  };
}

function tooLarge(): RefusalBody {
  return { code: "FILE_UNREADABLE", details: { reason: "isTooLarge" } };
}

function refusalOf(error: unknown): RefusalBody {
  if (error instanceof CallRefused) return error.refusal;
  // The browser could not read the file: pulled out with its USB stick, or no permission.
  return { code: "FILE_UNREADABLE", details: { reason: "other" } };
}
