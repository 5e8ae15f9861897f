import type { ElectronParts } from "./api.ts";

/** Heading of every box the program shows when no page can. */
export const BOX_TITLE = "票不漏 Slipsure";

/** The page ended again and again: what the box says before the program closes. */
export function pageGivenUpText(systemLocale: string, incident: string): string {
  return isChinese(systemLocale)
    ? `画面反复出错，票不漏现在关闭。请重新打开；已完成的销售和小票都在。再出现时请报编号 ${incident}。`
    : `The screen failed again and again, so Slipsure closes now. Open it again; completed sales and receipts are safe. If it happens again, tell support ${incident}.`;
}

/** Something failed that nobody caught: what the box says before the program starts anew. */
export function endedText(systemLocale: string, incident: string, startsAgain: boolean): string {
  if (isChinese(systemLocale))
    return `票不漏出了意外的错误（编号 ${incident}）。已完成的销售和小票都在。${startsAgain ? "按确定后自动重新打开。" : "请重新打开。"}`;
  const then = startsAgain ? "It opens again when you press OK." : "Please open it again.";
  return `Slipsure ran into an unexpected error (${incident}). Completed sales and receipts are safe. ${then}`;
}

/** The user's language as the system has it; to be asked once the app is ready. */
export function systemLocale(
  app: Pick<ElectronParts["app"], "getLocale" | "getPreferredSystemLanguages">,
): string {
  return app.getPreferredSystemLanguages()[0] ?? app.getLocale();
}

export function isChinese(systemLocale: string): boolean {
  return systemLocale.toLowerCase().startsWith("zh");
}
