import { CLONE_KINDS, TROUBLE_KINDS } from "./fault-schema.ts";
import { TEXTS } from "./texts.ts";
import { WIRE_NAMES } from "./wires.ts";

/** Parameters each fault has on the page, with what they start at. */
const FAULT_INPUTS = {
  paperOut: { afterMm: 40 },
  coverOpen: { afterMm: 40 },
  powerCycle: { afterMm: 40, offMs: 3000 },
  halfPrint: { afterMm: 40 },
  reset: { afterBytes: 200 },
  silence: { afterBytes: 0 },
  lateId: { delayMs: 8000 },
  otherPrinter: { delayMs: 0 },
  slow: { factor: 10 },
  slowAnswers: { delayMs: 1200 },
  slowLine: { bytesPerS: 2000 },
};
const ONE_SHOT = ["paperOut", "coverOpen", "cutterJam", "powerCycle", "halfPrint", "reset"];

/** Runs in the browser; plain script, no build step. */
const SCRIPT = String.raw`
let language = localStorage.getItem('language') ?? (navigator.language.startsWith('zh') ? 'zh' : 'en');
let latest;
const $ = (id) => document.getElementById(id);
const make = (tag, props = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children);
  return node;
};
const send = (command) =>
  fetch('/do', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(command) });
const action = (name) => send({ do: 'action', action: name });

const ICONS = {
  ok: 'M4 10.5l4 4 8-9', wait: 'M10 4v7l4 2', bad: 'M10 3v9M10 15.5v1.5', off: 'M5 10h10',
};
function icon(level) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  for (const [name, value] of Object.entries({ d: ICONS[level], fill: 'none', stroke: 'currentColor', 'stroke-width': '2.6' })) {
    path.setAttribute(name, value);
  }
  svg.append(path);
  return svg;
}

function setWords() {
  const t = TEXTS[language];
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = t.title;
  for (const node of document.querySelectorAll('[data-text]')) node.textContent = t[node.dataset.text];
  $('language').textContent = t.language;
  $('language').lang = language === 'zh' ? 'en' : 'zh-CN';
  $('clear-faults').textContent = t.actions.clearAllFaults;
  buildFixes();
  buildWires();
  buildFaults('faults', TROUBLE_KINDS);
  buildFaults('clones', CLONE_KINDS);
  if (latest) show(latest);
}

const FIXES = ['pressFeed', 'openCover', 'closeCover', 'loadPaper', 'clearCutter', 'powerOff', 'powerOn', 'powerCycle', 'clearPaper'];
function buildFixes() {
  $('fixes').replaceChildren(...FIXES.map((name) =>
    make('button', { type: 'button', id: name, textContent: TEXTS[language].actions[name], onclick: () => action(name) })));
}

function buildWires() {
  $('wires').replaceChildren(...WIRE_NAMES.map((name) =>
    make('button', { type: 'button', id: 'wire-' + name, textContent: TEXTS[language].wireNames[name], onclick: () => send({ do: 'setWire', wire: name }) })));
}

function buildFaults(list, kinds) {
  const t = TEXTS[language];
  $(list).replaceChildren(...kinds.map((kind) => {
    const title = make('b', { textContent: t.faultTexts[kind].name });
    if (ONE_SHOT.includes(kind)) title.append(make('i', { textContent: t.set }));
    const button = make('button', { type: 'button', className: 'switch', onclick: () => toggle(kind) },
      title, make('small', { textContent: t.faultTexts[kind].what }), make('span', { className: 'knob' }));
    button.setAttribute('role', 'switch');
    const item = make('li', { id: 'fault-' + kind }, button);
    const inputs = Object.entries(FAULT_INPUTS[kind] ?? {}).map(([name, value]) =>
      make('label', {}, make('input', { type: 'number', min: 0, value, name }), t.units[name]));
    if (inputs.length > 0) item.append(make('div', { className: 'inputs' }, ...inputs));
    return item;
  }));
}

function toggle(kind) {
  if (latest?.faults[kind]) return send({ do: 'clearFault', kind });
  const fault = { kind };
  for (const input of $('fault-' + kind).querySelectorAll('input')) fault[input.name] = Number(input.value);
  return send({ do: 'setFault', fault });
}

function lampsOf(s) {
  const online = s.printing ? 'printing' : String(s.online);
  return [
    ['power', s.power, s.power === 'on' ? 'ok' : 'off'],
    ['online', online, s.power === 'off' ? 'off' : s.online ? 'ok' : 'bad'],
    ['paper', s.paper, { ok: 'ok', nearEnd: 'wait', out: 'bad' }[s.paper]],
    ['cover', s.cover, s.cover === 'closed' ? 'ok' : 'bad'],
    ['cutter', s.cutter, s.cutter === 'ok' ? 'ok' : 'bad'],
  ];
}

function show(view) {
  latest = view;
  const t = TEXTS[language];
  const s = view.state;
  $('device-title').textContent = t.device + ' · ' + s.widthMm + ' mm';
  $('lamps').replaceChildren(...lampsOf(s).map(([name, value, level]) =>
    make('li', {}, make('span', { className: 'label', textContent: t.lamps[name] }),
      make('span', { className: level }, icon(level)),
      make('span', { className: level, textContent: t.values[name + '.' + value] }))));
  const number = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en', { maximumFractionDigits: 1 });
  const facts = {
    paperLeft: number.format(s.paperLeftMm / 1000) + ' m',
    buffer: number.format(s.bufferUsed) + ' / ' + number.format(s.bufferBytes),
    drawer: number.format(s.drawerOpens),
    beeps: number.format(s.beeps),
    session: t.values['session.' + s.sessions],
    speed: number.format(s.speedMmPerS) + ' mm/s',
  };
  $('facts').replaceChildren(...Object.entries(facts).map(([name, value]) =>
    make('div', {}, make('dt', { textContent: t.facts[name] }), make('dd', { textContent: value }))));
  const on = s.power === 'on';
  const needed = {
    closeCover: s.cover === 'open', loadPaper: s.paper === 'out', clearCutter: s.cutter === 'jammed', powerOn: !on,
  };
  const possible = {
    pressFeed: s.online && !s.printing, openCover: s.cover === 'closed', closeCover: s.cover === 'open', loadPaper: true,
    clearCutter: s.cutter === 'jammed', powerOff: on, powerOn: !on, powerCycle: on, clearPaper: view.slips.length > 0,
  };
  for (const name of FIXES) {
    $(name).disabled = !possible[name];
    $(name).classList.toggle('needed', needed[name] === true);
  }
  for (const name of WIRE_NAMES) $('wire-' + name).setAttribute('aria-pressed', String(view.wire === name));
  for (const kind of [...TROUBLE_KINDS, ...CLONE_KINDS]) {
    const set = view.faults[kind] !== undefined;
    $('fault-' + kind).classList.toggle('on', set);
    $('fault-' + kind).querySelector('.switch').setAttribute('aria-checked', String(set));
  }
  $('clear-faults').disabled = Object.keys(view.faults).length === 0;
  showSlips(view);
}

function showSlips(view) {
  const t = TEXTS[language];
  const paper = $('paper');
  const atEnd = paper.scrollHeight - paper.scrollTop - paper.clientHeight < 60;
  paper.style.setProperty('--slip-width', view.state.widthMm === 80 ? '460px' : '334px');
  if (view.slips.length === 0) {
    paper.replaceChildren(make('p', { className: 'empty', textContent: t.paperEmpty }));
    return;
  }
  paper.querySelector('.empty')?.remove();
  const wanted = new Set(view.slips.map((slip) => 'slip-' + slip.id));
  for (const figure of paper.querySelectorAll('figure')) if (!wanted.has(figure.id)) figure.remove();
  for (const slip of view.slips) {
    let figure = $('slip-' + slip.id);
    if (!figure) {
      figure = make('figure', { id: 'slip-' + slip.id }, make('figcaption'), make('img'));
      paper.append(figure);
    }
    const [caption, image] = figure.children;
    const time = new Date(slip.startedAtMs).toLocaleTimeString(language === 'zh' ? 'zh-CN' : 'en');
    caption.replaceChildren(make('span', { textContent: t.slip + ' ' + slip.id + ' · ' + time }),
      make('span', { textContent: Math.round(slip.heightMm) + ' mm' }));
    image.alt = slip.text;
    const source = '/slips/' + slip.id + '.png?v=' + slip.version;
    if (image.getAttribute('src') !== source) {
      image.width = view.state.widthMm * 8;
      image.height = Math.round(slip.heightMm * 8) + 6;
      image.src = source;
    }
  }
  if (atEnd) paper.scrollTop = paper.scrollHeight;
}

$('language').onclick = () => {
  language = language === 'zh' ? 'en' : 'zh';
  localStorage.setItem('language', language);
  setWords();
};
$('clear-faults').onclick = () => action('clearAllFaults');
setWords();
const events = new EventSource('/events');
events.onmessage = (event) => { $('lost').hidden = true; show(JSON.parse(event.data)); };
events.onerror = () => { $('lost').hidden = false; };
`;

export const PAGE_SCRIPT = [
  `const TEXTS = ${JSON.stringify(TEXTS)};`,
  `const TROUBLE_KINDS = ${JSON.stringify(TROUBLE_KINDS)};`,
  `const CLONE_KINDS = ${JSON.stringify(CLONE_KINDS)};`,
  `const WIRE_NAMES = ${JSON.stringify(WIRE_NAMES)};`,
  `const FAULT_INPUTS = ${JSON.stringify(FAULT_INPUTS)};`,
  `const ONE_SHOT = ${JSON.stringify(ONE_SHOT)};`,
  SCRIPT,
].join("\n");
