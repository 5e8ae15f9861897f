import type { CauseClass, CauseCode } from "./cause.ts";
import type { Locale } from "../sale.ts";
import type { ReceiptState } from "./state.ts";

/** Words of the day-end report, on the receipt printer and in its CSV file. */
export interface DayWords {
  title: string;
  day: string;
  opened: string;
  closed: string;
  notClosed: string;
  sales: string;
  total: string;
  /** Everything ever sold; never starts again. */
  grandTotal: string;
  /** The newest event of the sale log, by its hash. */
  head: string;
  discount: string;
  tax: string;
  proven: string;
  byPerson: string;
  declined: string;
  handwritten: string;
  owed: string;
  copies: string;
  /** Printed late and not fetched. */
  unclaimed: string;
  unprovenTitle: string;
  allProven: string;
  sinceTitle: string;
  receipt: string;
  time: string;
  amount: string;
  cashier: string;
  cause: string;
  causeClass: string;
  state: string;
  settledBy: string;
  reason: string;
  owedFor: string;
  signedBy: string;
  minutes: string;
  end: string;
  states: Record<ReceiptState, string>;
  causes: Record<CauseCode, string>;
  classes: Record<CauseClass, string>;
  noCause: string;
}

const zhCN: DayWords = {
  title: "日结单",
  day: "第几日结",
  opened: "开始",
  closed: "结束",
  notClosed: "未日结",
  sales: "销售单数",
  total: "合计",
  grandTotal: "历史累计",
  head: "日志头",
  discount: "优惠",
  tax: "税额",
  proven: "打印机已确认",
  byPerson: "收银员确认",
  declined: "顾客不要",
  handwritten: "手写",
  owed: "仍欠小票",
  copies: "重打张数",
  unclaimed: "补打未领",
  unprovenTitle: "未打印小票",
  allProven: "所有小票都有打印机确认",
  sinceTitle: "日结后的变化",
  receipt: "单号",
  time: "时间",
  amount: "金额",
  cashier: "收银员",
  cause: "原因",
  causeClass: "类别",
  state: "状态",
  settledBy: "处理人",
  reason: "说明",
  owedFor: "欠票时长(分钟)",
  signedBy: "签字",
  minutes: "分钟",
  end: "日结单完",
  states: {
    due: "待打印",
    printing: "打印中",
    blocked: "打印机停住",
    failed: "未打印",
    unknown: "不确定",
    printed: "已打印",
    delivered: "已发电子小票",
    declined: "顾客不要",
    handwritten: "手写小票",
  },
  causes: {
    skipped: "跳过",
    closedEarly: "提前关闭",
    forgot: "忘记",
    noPrinter: "没有设置打印机",
    autoPrintOff: "自动打印已关",
    wrongWidth: "纸宽不对",
    queuePaused: "打印队列暂停",
    noBackChannel: "打印机不会回报",
    paperOut: "缺纸",
    coverOpen: "上盖打开",
    cutterJam: "切刀卡住",
    overheated: "打印头过热",
    printerError: "打印机故障",
    unreachable: "连不上打印机",
    busy: "打印机被占用",
    noAnswer: "打印机没有回答",
    connectionLost: "连接中断",
    doubtfulProof: "回答不可信",
    appCrash: "收银程序中断",
    notPrinting: "没有出纸",
    power: "断电",
    ageing: "老化",
    unknown: "不明",
  },
  classes: { A: "操作", B: "设置", C: "故障", D: "其他" },
  noCause: "无",
};

const en: DayWords = {
  title: "Day end",
  day: "Z number",
  opened: "Opened",
  closed: "Closed",
  notClosed: "not closed",
  sales: "Sales",
  total: "Total",
  grandTotal: "Grand total ever",
  head: "Log head",
  discount: "Discounts",
  tax: "Tax",
  proven: "Proven by printer",
  byPerson: "Seen by cashier",
  declined: "Declined",
  handwritten: "Handwritten",
  owed: "Still owed",
  copies: "Copies",
  unclaimed: "Printed late, not fetched",
  unprovenTitle: "Receipts not proven",
  allProven: "Every receipt proven by the printer",
  sinceTitle: "Changed since closing",
  receipt: "Receipt",
  time: "Time",
  amount: "Amount",
  cashier: "Cashier",
  cause: "Cause",
  causeClass: "Class",
  state: "State",
  settledBy: "Settled by",
  reason: "Reason",
  owedFor: "Owed for (min)",
  signedBy: "Signed by",
  minutes: "min",
  end: "end of report",
  states: {
    due: "waiting",
    printing: "printing",
    blocked: "printer stopped",
    failed: "not printed",
    unknown: "not sure",
    printed: "printed",
    delivered: "sent",
    declined: "declined",
    handwritten: "handwritten",
  },
  causes: {
    skipped: "skipped",
    closedEarly: "closed early",
    forgot: "forgotten",
    noPrinter: "no printer set up",
    autoPrintOff: "auto-print off",
    wrongWidth: "wrong paper width",
    queuePaused: "queue paused",
    noBackChannel: "printer cannot report back",
    paperOut: "out of paper",
    coverOpen: "cover open",
    cutterJam: "cutter jammed",
    overheated: "print head hot",
    printerError: "printer error",
    unreachable: "printer unreachable",
    busy: "printer in use",
    noAnswer: "printer silent",
    connectionLost: "connection lost",
    doubtfulProof: "doubtful answer",
    appCrash: "app stopped",
    notPrinting: "no paper came",
    power: "power lost",
    ageing: "ageing",
    unknown: "unknown",
  },
  classes: { A: "operator", B: "settings", C: "fault", D: "other" },
  noCause: "none",
};

/** The report's words in one language. */
export function dayWords(locale: Locale): DayWords {
  return locale === "en" ? en : zhCN;
}
