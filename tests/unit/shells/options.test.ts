import { expect, test } from "vitest";
import {
  OptionError,
  parsePackagedOptions,
  parseShellOptions,
} from "../../../main/shells/options.ts";

test("nothing asked for", () => {
  expect(parseShellOptions([])).toEqual({
    shell: null,
    port: 0,
    dataDir: null,
    printer: null,
    open: true,
    help: false,
    clockFactor: 1,
  });
});

test("everything asked for", () => {
  const text =
    "--shell browser --port 4700 --data books --printer tcp://shop-printer:9101 --no-open --clock-factor 20";
  expect(parseShellOptions(text.split(" "), "/till")).toEqual({
    shell: "browser",
    port: 4700,
    dataDir: "/till/books",
    printer: { kind: "tcp", host: "shop-printer", port: 9101 },
    open: false,
    help: false,
    clockFactor: 20,
  });
});

test("a printer's port is 9100 unless it says otherwise, and an IPv6 address loses its brackets", () => {
  const printer = (address: string) => parseShellOptions(["--printer", address]).printer;
  expect(printer("tcp://192.168.1.50")).toEqual({ kind: "tcp", host: "192.168.1.50", port: 9100 });
  expect(printer("tcp://[fe80::1]:9100")).toEqual({ kind: "tcp", host: "fe80::1", port: 9100 });
});

test.each([
  ["--porty", "Unknown option '--porty'"],
  ["extra", "Unexpected argument 'extra'"],
  ["--port", "--port"],
  ["--port 70000", "--port is a port number up to 65535, not 70000."],
  ["--port 4x", "--port is a port number"],
  ["--shell terminal", "--shell is electron or browser, not terminal."],
  ["--printer 192.168.1.50", "--printer looks like tcp://192.168.1.50:9100"],
  ["--printer tcp://a:0", "--printer is a port number"],
  ["--printer tcp://a:1/x", "--printer looks like"],
  ["--clock-factor 0", "--clock-factor is a number above 0, not 0."],
])("%s is refused with its reason", (text, reason) => {
  const parse = () => parseShellOptions(text.split(" "));
  expect(parse).toThrow(OptionError);
  expect(parse).toThrow(reason);
});

test("an installed program heeds its own options among any others", () => {
  const given = "--no-sandbox --updated --data books --lang=zh-CN goods.csv --clock-factor=2";
  expect(parsePackagedOptions(given.split(" "), "/till")).toEqual({
    ...parseShellOptions([]),
    dataDir: "/till/books",
    clockFactor: 2,
  });
});

test.each([
  ["--data", "--data needs a value after it.", "--data 后面要写一个值。"],
  ["--data --updated", "--data needs a value after it.", "--data 后面要写一个值。"],
  ["--printer nowhere", "--printer looks like", "--printer 的写法是"],
])("an installed program refuses %s in both languages", (text, en, zh) => {
  const parse = () => parsePackagedOptions(text.split(" "));
  expect(parse).toThrow(en);
  expect(parse).toThrow(expect.objectContaining({ zh: expect.stringContaining(zh) }));
});
