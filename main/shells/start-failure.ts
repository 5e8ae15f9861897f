import { OptionError } from "./options.ts";

type Sentences = { en: string; zh: string };

/**
 * One plain sentence in the user's language for a till that could not start. Errors of our own
 * (a locked folder, a damaged log, a wrong option) already are sentences and pass as they are.
 */
export function startFailure(error: unknown, systemLocale: string): string {
  const known = systemFailure(error);
  const isChinese = systemLocale.toLowerCase().startsWith("zh");
  if (known) return isChinese ? known.zh : known.en;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof OptionError) return isChinese ? error.zh : message;
  if (isChinese && error instanceof Error && "zh" in error && typeof error.zh === "string")
    return `票不漏无法启动：${error.zh}`;
  return isChinese ? `票不漏无法启动：${message}` : `Slipsure could not start: ${message}`;
}

/** What SQLite says, by its primary code, as the system would have said it. (sqlite.org/rescode.html) */
const SYSTEM_CODE = new Map([
  [8, "EROFS"],
  [10, "EIO"],
  [13, "ENOSPC"],
  [14, "EROFS"],
]);
/** The index of the write-ahead log could not grow. */
const SQLITE_IOERR_SHMSIZE = 4874;

function codeOf(error: Error): unknown {
  if (!("errcode" in error) || typeof error.errcode !== "number")
    return "code" in error ? error.code : undefined;
  if (error.errcode === SQLITE_IOERR_SHMSIZE) return "ENOSPC";
  return SYSTEM_CODE.get(error.errcode & 0xff);
}

function systemFailure(error: unknown): Sentences | null {
  if (!(error instanceof Error)) return null;
  const path = "path" in error && typeof error.path === "string" ? error.path : "";
  switch (codeOf(error)) {
    case "EADDRINUSE":
      return {
        en: "Slipsure could not start: another program uses that port. Choose another with --port, or leave it out.",
        zh: "票不漏无法启动：该端口已被其他程序占用。请用 --port 换一个端口，或不指定端口。",
      };
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return {
        en: `Slipsure could not start: it may not write to ${path || "its data folder"}. Allow it, or choose another folder with --data.`,
        zh: `票不漏无法启动：没有写入 ${path || "数据文件夹"} 的权限。请授予权限，或用 --data 指定其他文件夹。`,
      };
    case "EIO":
      return {
        en: "Slipsure could not start: the disk reports an error. Restart the computer; if it stays so, have the disk looked at. The sales saved on it were not touched.",
        zh: "票不漏无法启动：磁盘报错。请重启电脑；还是不行就找人检查硬盘。已保存的销售没有改动。",
      };
    case "ENOSPC":
      return {
        en: "Slipsure could not start: the disk is full. Free some space and start again; nothing was lost.",
        zh: "票不漏无法启动：磁盘已满。请清理空间后重新启动；已保存的数据没有丢失。",
      };
    case "ENOTDIR":
    case "EEXIST":
      return {
        en: `Slipsure could not start: ${path || "the data folder"} is not a folder. Choose another with --data.`,
        zh: `票不漏无法启动：${path || "数据文件夹"} 不是文件夹。请用 --data 指定其他文件夹。`,
      };
    default:
      return null;
  }
}
