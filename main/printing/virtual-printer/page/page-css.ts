export const PAGE_CSS = `
:root {
  --ink: #1d1c1a; --ink-2: #5d5a54; --desk: #dcd8d0; --card: #f6f3ed; --line: #c9c3b8; --paper: #fdfdfb;
  --body: #34322f; --body-2: #45423e; --go: #1f6f54; --wait: #9a5b00; --owed: #b3311d; --lamp-off: #77726a;
  color-scheme: light;
}
@media (prefers-color-scheme: dark) {
  :root { --ink: #efece6; --ink-2: #b3aea4; --desk: #1b1a18; --card: #262421; --line: #45413b; --body: #0f0f0e;
    --body-2: #2a2826; --go: #62c19d; --wait: #e6a84a; --owed: #ff8068; color-scheme: dark; }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--desk); color: var(--ink);
  font: 16px/1.5 system-ui, "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
header { display: flex; justify-content: space-between; align-items: center; gap: 16px; padding: 14px 28px; }
h1 { margin: 0; font-size: 22px; } h2 { margin: 0; font-size: 17px; } p { margin: 0; }
header p, .hint { color: var(--ink-2); font-size: 14px; }
main { flex: 1; min-height: 0; display: grid; grid-template-columns: minmax(380px, 5fr) minmax(420px, 7fr); gap: 28px; padding: 0 28px 28px; }
@media (min-width: 861px) { body { height: 100vh; } .controls { overflow-y: auto; } }
@media (max-width: 860px) { main { grid-template-columns: minmax(0, 1fr); } .stand { height: calc(100vh - 110px); } }

.stand { display: flex; flex-direction: column; min-height: 0; }
.paper { flex: 1; min-height: 160px; overflow-y: auto; display: flex; flex-direction: column; align-items: center; gap: 26px; padding: 12px 14px 0; scrollbar-width: thin; }
.paper > :first-child { margin-top: auto; }
.paper figure { margin: 0; flex: none; width: min(100%, var(--slip-width)); }
.paper img { display: block; width: 100%; height: auto; filter: drop-shadow(0 2px 5px rgb(0 0 0 / .28)); }
.paper figcaption { font-size: 13px; color: var(--ink-2); padding-bottom: 4px; font-variant-numeric: tabular-nums; display: flex; justify-content: space-between; }
.paper .empty { margin: auto; max-width: 26ch; text-align: center; color: var(--ink-2); }
.printer { position: relative; background: linear-gradient(var(--body-2), var(--body)); color: #f1eee8; padding: 26px 22px 18px; }
.mouth { position: absolute; inset: 0 22px auto; height: 9px; background: #000; border-bottom: 1px solid #6a665f; }
.printer .name { font-size: 16px; letter-spacing: .02em; }
.lamps { list-style: none; margin: 12px 0; padding: 0; display: flex; flex-wrap: wrap; gap: 8px 22px; }
.lamps li { display: flex; align-items: center; gap: 8px; font-size: 15px; }
.lamps svg { width: 18px; height: 18px; flex: none; }
.lamps .label { color: #bdb8ae; }
.lamps .ok { color: #7fd8b4; } .lamps .wait { color: #ffc368; } .lamps .bad { color: #ff927c; } .lamps .off { color: #a8a297; }
.facts { margin: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(120px, 1fr)); gap: 6px 18px; font-variant-numeric: tabular-nums; }
.facts dt { color: #bdb8ae; font-size: 13px; } .facts dd { margin: 0; font-size: 15px; }

.controls { display: flex; flex-direction: column; gap: 12px; padding-right: 6px; min-width: 0; }
button { font: inherit; color: inherit; min-height: 48px; padding: 8px 16px; border: 1px solid var(--line); background: var(--card); cursor: pointer; }
button:hover { border-color: var(--ink-2); }
button:active { background: var(--line); }
button:disabled { color: var(--ink-2); opacity: .55; cursor: default; }
button.quiet { background: none; white-space: nowrap; }
button.needed { background: var(--go); border-color: var(--go); color: #fff; font-weight: 600; }
@media (prefers-color-scheme: dark) { button.needed { color: #10231c; } }
:focus-visible { outline: 3px solid var(--go); outline-offset: 2px; }
.fixes { display: grid; grid-template-columns: repeat(auto-fill, minmax(136px, 1fr)); gap: 10px; }
.fixes button { padding-inline: 10px; }
.later { margin-top: 10px; }
.wires { display: grid; grid-template-columns: repeat(auto-fill, minmax(172px, 1fr)); gap: 10px; }
.wires button { padding-inline: 10px; text-align: left; }
.wires button[aria-pressed="true"] { border-color: var(--go); box-shadow: inset 0 0 0 2px var(--go); font-weight: 600; }
.heading { display: flex; justify-content: space-between; align-items: center; margin-top: 10px; }
.faults { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 10px; }
.faults li { background: var(--card); border: 1px solid var(--line); display: flex; flex-direction: column; }
.faults li.on { border-color: var(--owed); box-shadow: inset 4px 0 var(--owed); }
.faults .switch { border: 0; background: none; text-align: left; display: grid; grid-template-columns: 1fr auto; gap: 2px 12px; padding: 12px 14px; width: 100%; flex: 1; align-content: start; }
.switch b { font-size: 16px; } .switch i { font-style: normal; font-size: 12px; color: var(--ink-2); border: 1px solid var(--line); padding: 0 6px; margin-left: 8px; font-weight: 400; }
.switch small { grid-column: 1; color: var(--ink-2); font-size: 14px; }
.knob { grid-row: 1 / span 2; grid-column: 2; align-self: center; width: 46px; height: 26px; border-radius: 13px; background: var(--lamp-off); position: relative; }
.knob::after { content: ""; position: absolute; width: 20px; height: 20px; border-radius: 50%; background: #fff; top: 3px; left: 3px; transition: left .15s; }
.on .knob { background: var(--owed); } .on .knob::after { left: 23px; }
.inputs { display: flex; flex-wrap: wrap; gap: 6px 14px; padding: 0 14px 12px; }
.inputs label { display: flex; align-items: center; gap: 8px; font-size: 14px; color: var(--ink-2); min-height: 44px; }
.inputs input { font: inherit; color: var(--ink); background: var(--desk); border: 1px solid var(--line); width: 86px; min-height: 44px; padding: 4px 8px; font-variant-numeric: tabular-nums; }
.lost { position: fixed; inset: auto 0 0; background: var(--owed); color: #fff; padding: 14px 28px; font-weight: 600; }
@media (prefers-color-scheme: dark) { .lost { color: #2a0b05; } }
@media (prefers-reduced-motion: reduce) { .knob::after { transition: none; } }
`;
