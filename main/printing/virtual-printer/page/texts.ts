import type { FaultKind } from "../types.ts";
import type { PageAction } from "./fault-schema.ts";
import type { WireName } from "./wires.ts";

interface FaultText {
  name: string;
  what: string;
}

interface Texts {
  title: string;
  subtitle: string;
  language: string;
  paperEmpty: string;
  paperLost: string;
  fixes: string;
  faults: string;
  faultsHint: string;
  clones: string;
  clonesHint: string;
  wires: string;
  wiresHint: string;
  wireNames: Record<WireName, string>;
  device: string;
  lamps: Record<"power" | "online" | "paper" | "cover" | "cutter", string>;
  values: Record<string, string>;
  facts: Record<"paperLeft" | "buffer" | "drawer" | "beeps" | "session" | "speed", string>;
  actions: Record<PageAction, string>;
  units: Record<"afterMm" | "afterBytes" | "offMs" | "delayMs" | "factor" | "bytesPerS", string>;
  faultTexts: Record<FaultKind, FaultText>;
  set: string;
  slip: string;
}

const zh: Texts = {
  title: "练习打印机",
  subtitle: "没有纸也能练：看小票、制造故障、学会处理",
  language: "English",
  paperEmpty: "还没有小票。收银台打印后，纸会从这里出来。",
  paperLost: "与练习打印机的连接断了，正在重连…",
  fixes: "动手处理",
  faults: "制造故障",
  faultsHint: "标“一次”的故障发生后自动消失，其余一直有效直到关掉。",
  clones: "像某种机型",
  clonesHint: "有的打印机少些本事，有的会说假话。可以同时打开几项。",
  wires: "用什么线连",
  wiresHint: "换线会断开现在的连接；收银台重新连上后生效。",
  wireNames: {
    lan: "网口",
    usb: "USB",
    usbOneWay: "USB，不回话",
    serial: "串口 9600",
    serialFast: "串口 115200",
    serialXon: "串口 9600，XON/XOFF",
    serialNoFlow: "串口 9600，无流控",
    serialOneWay: "串口 9600，不回话",
  },
  device: "打印机",
  lamps: { power: "电源", online: "联机", paper: "纸", cover: "上盖", cutter: "切刀" },
  values: {
    "power.on": "开",
    "power.off": "关",
    "online.true": "就绪",
    "online.false": "停止",
    "online.printing": "打印中",
    "paper.ok": "充足",
    "paper.nearEnd": "将尽",
    "paper.out": "用完",
    "cover.closed": "关好",
    "cover.open": "打开",
    "cutter.ok": "正常",
    "cutter.jammed": "卡住",
    "session.0": "无",
    "session.1": "收银台已连接",
  },
  facts: {
    paperLeft: "剩余纸",
    buffer: "缓冲区",
    drawer: "钱箱弹开",
    beeps: "蜂鸣",
    session: "连接",
    speed: "速度",
  },
  actions: {
    pressFeed: "走纸",
    openCover: "打开上盖",
    closeCover: "合上上盖",
    loadPaper: "装新纸",
    clearCutter: "松开切刀",
    powerOff: "关电源",
    powerOn: "开电源",
    powerCycle: "断电 2 秒",
    clearPaper: "收走小票",
    clearAllFaults: "清除全部故障",
  },
  units: {
    afterMm: "毫米后",
    afterBytes: "字节后",
    offMs: "断电毫秒",
    delayMs: "推迟毫秒",
    factor: "倍",
    bytesPerS: "字节/秒",
  },
  set: "一次",
  slip: "小票",
  faultTexts: {
    paperOut: { name: "纸用完", what: "走过这段纸后没纸，停在打到的那一行。" },
    coverOpen: { name: "上盖弹开", what: "走过这段纸后上盖打开。" },
    cutterJam: { name: "切刀卡住", what: "下一次切纸失败，打印机停下。" },
    powerCycle: { name: "中途断电", what: "缓冲区里的内容全部丢失，连接中断。" },
    halfPrint: { name: "只打一半", what: "剩下的内容被丢掉，打印机却说一切正常。" },
    reset: { name: "连接被重置", what: "收到这些字节后网络断开，已收到的照样打印。" },
    refuse: { name: "拒绝连接", what: "连不上打印机。" },
    unreachable: { name: "连接超时", what: "打印机不在网络上。" },
    deaf: { name: "只收不打", what: "收下数据，什么也不做。" },
    silence: { name: "不回话", what: "照常打印，从不回答。" },
    lateId: { name: "回执迟到", what: "打印完成的回执推迟才到。" },
    slowAnswers: { name: "回答都慢", what: "照常打印，每句回答都晚到，像省电的无线网。" },
    slowLine: { name: "线路很慢", what: "网口每秒只收这么多字节，长小票要等。" },
    answersLag: { name: "答非所问", what: "问状态时答的总是上一个问题。" },
    statusZero: { name: "状态总答 00", what: "状态回答没有意义；回执仍然可信。" },
    statusFf: { name: "状态总答 FF", what: "状态回答没有意义；回执仍然可信。" },
    queuesConnections: { name: "一次只接一台", what: "第二台收银机连得上，要等第一台断开才理它。" },
    foreignId: { name: "回执不符", what: "回执总是别人的编号 1234。" },
    noIds: { name: "老机型", what: "不认识回执编号，只回答状态。" },
    lyingOk: { name: "谎报打完", what: "接口板马上回答“打完了”，其实没有。" },
    statusAlwaysOk: { name: "状态总说正常", what: "开着盖也说正常；回执仍然可信。" },
    earlyId: { name: "编号抢答", what: "一收到回执编号就答，不管打没打。" },
    earlySensor: { name: "纸状态抢答", what: "一收到 GS r 就答“有纸”，不管打没打。" },
    otherPrinter: { name: "别的机器代答", what: "问它的话由旁边一台好机器回答。" },
    sensorOutOfTurn: { name: "缺纸照答", what: "没纸时立刻答“缺纸”，不等前面打完。" },
    ignoresClear: { name: "不懂清空", what: "不认识清空缓冲区的命令。" },
    clearsOnConnect: { name: "重连就清空", what: "新连接一来，没打完的全部丢掉。" },
    claimsEpson: { name: "自称爱普生", what: "问型号就说 EPSON TM-T88III。" },
    noCutter: { name: "没有切刀", what: "切纸命令只走纸，小票连在一起。" },
    noChinese: { name: "没有汉字库", what: "汉字打成半角乱码。" },
    slow: { name: "打印很慢", what: "走纸速度按倍数变慢。" },
  },
};

const en: Texts = {
  title: "Practice printer",
  subtitle: "Practise without wasting paper: watch slips, cause trouble, learn the fix",
  language: "中文",
  paperEmpty: "No slips yet. When the till prints, the paper comes out here.",
  paperLost: "The connection to the practice printer is gone. Trying again…",
  fixes: "Hands on",
  faults: "Cause trouble",
  faultsHint:
    "Faults marked “once” disappear when they have struck; the others stay until switched off.",
  clones: "Like some models",
  clonesHint: "Some printers know less than they should, and some lie. Several can be on at once.",
  wires: "Cable",
  wiresHint: "Another cable cuts the connection off; it counts once the till has connected again.",
  wireNames: {
    lan: "Network",
    usb: "USB",
    usbOneWay: "USB, never answers",
    serial: "Serial 9600",
    serialFast: "Serial 115200",
    serialXon: "Serial 9600, XON/XOFF",
    serialNoFlow: "Serial 9600, no flow control",
    serialOneWay: "Serial 9600, never answers",
  },
  device: "Printer",
  lamps: { power: "Power", online: "Online", paper: "Paper", cover: "Cover", cutter: "Cutter" },
  values: {
    "power.on": "on",
    "power.off": "off",
    "online.true": "ready",
    "online.false": "stopped",
    "online.printing": "printing",
    "paper.ok": "plenty",
    "paper.nearEnd": "running low",
    "paper.out": "out",
    "cover.closed": "closed",
    "cover.open": "open",
    "cutter.ok": "fine",
    "cutter.jammed": "jammed",
    "session.0": "none",
    "session.1": "a till is connected",
  },
  facts: {
    paperLeft: "Paper left",
    buffer: "Buffer",
    drawer: "Drawer opened",
    beeps: "Beeps",
    session: "Connection",
    speed: "Speed",
  },
  actions: {
    pressFeed: "Feed",
    openCover: "Open cover",
    closeCover: "Close cover",
    loadPaper: "Load paper",
    clearCutter: "Free cutter",
    powerOff: "Power off",
    powerOn: "Power on",
    powerCycle: "Off for 2 s",
    clearPaper: "Take slips",
    clearAllFaults: "Clear all faults",
  },
  units: {
    afterMm: "mm later",
    afterBytes: "bytes later",
    offMs: "ms without power",
    delayMs: "ms late",
    factor: "times",
    bytesPerS: "bytes a second",
  },
  set: "once",
  slip: "Slip",
  faultTexts: {
    paperOut: {
      name: "Paper out",
      what: "The roll ends after this much paper, in the middle of a slip.",
    },
    coverOpen: { name: "Cover opens", what: "The cover opens after this much paper." },
    cutterJam: { name: "Cutter jams", what: "The next cut fails and the printer stops." },
    powerCycle: {
      name: "Power fails",
      what: "Everything in the buffer is lost, the connection dies.",
    },
    halfPrint: {
      name: "Half a slip",
      what: "The rest is thrown away, and the printer says all is well.",
    },
    reset: {
      name: "Connection reset",
      what: "The network breaks after these bytes; what had arrived is printed.",
    },
    refuse: { name: "Connection refused", what: "Nobody can connect to the printer." },
    unreachable: { name: "Connection times out", what: "The printer is not on the network." },
    deaf: { name: "Deaf", what: "Takes the data and does nothing with it." },
    silence: { name: "Silent", what: "Prints as usual and never answers." },
    lateId: { name: "Late receipt", what: "The answer that a job is done comes late." },
    slowAnswers: {
      name: "Slow answers",
      what: "Prints as usual; everything it says comes late, as over Wi-Fi that saves power.",
    },
    slowLine: {
      name: "Slow line",
      what: "The network board takes only so many bytes a second; long slips take their time.",
    },
    answersLag: {
      name: "One question behind",
      what: "Asked for its status, it answers the question before.",
    },
    statusZero: {
      name: "Status always 00",
      what: "Its status means nothing; job ids stay honest.",
    },
    statusFf: { name: "Status always FF", what: "Its status means nothing; job ids stay honest." },
    queuesConnections: {
      name: "One till at a time",
      what: "A second till can connect, and is heard only when the first has gone.",
    },
    foreignId: { name: "Wrong id", what: "Always answers with somebody else’s id, 1234." },
    noIds: { name: "Old model", what: "Does not know job ids, answers only status." },
    lyingOk: {
      name: "Lies about printing",
      what: "The interface board says “done” at once, though nothing was printed.",
    },
    statusAlwaysOk: {
      name: "Status always fine",
      what: "Says all is well with the cover open; job ids stay honest.",
    },
    earlyId: { name: "Id too soon", what: "Answers a job id on arrival, printed or not." },
    earlySensor: {
      name: "Paper status too soon",
      what: "Answers GS r with “paper there” on arrival, printed or not.",
    },
    otherPrinter: {
      name: "Another one answers",
      what: "Whatever is asked, the healthy printer next to it replies.",
    },
    sensorOutOfTurn: {
      name: "Paper end out of turn",
      what: "Without paper it says so at once instead of waiting for its turn.",
    },
    ignoresClear: { name: "Cannot be cleared", what: "Does not know the command that clears it." },
    clearsOnConnect: {
      name: "Forgets on reconnect",
      what: "A new connection throws away what was not printed yet.",
    },
    claimsEpson: { name: "Claims to be Epson", what: "Calls itself an EPSON TM-T88III." },
    noCutter: { name: "No cutter", what: "Cutting only feeds; the slips hang together." },
    noChinese: { name: "No Chinese font", what: "Chinese prints as half-width junk." },
    slow: { name: "Slow", what: "Paper moves slower by this factor." },
  },
};

export const TEXTS = { zh, en };
