/** The page itself; its script fills in everything that has words. */
export const PAGE_HTML = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>练习打印机 Practice printer</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
</head>
<body>
<header>
  <div><h1 data-text="title"></h1><p data-text="subtitle"></p></div>
  <button id="language" type="button" class="quiet"></button>
</header>
<main>
  <section class="stand" aria-labelledby="device-title">
    <div class="paper" id="paper" tabindex="0" aria-live="polite"></div>
    <div class="printer">
      <div class="mouth" aria-hidden="true"></div>
      <h2 id="device-title" class="name"></h2>
      <ul class="lamps" id="lamps"></ul>
      <dl class="facts" id="facts"></dl>
    </div>
  </section>
  <section class="controls">
    <h2 data-text="fixes"></h2>
    <div class="fixes" id="fixes"></div>
    <h2 class="later" id="wires-title" data-text="wires"></h2>
    <p class="hint" data-text="wiresHint"></p>
    <div class="wires" id="wires" role="group" aria-labelledby="wires-title"></div>
    <div class="heading"><h2 data-text="faults"></h2><button type="button" class="quiet" id="clear-faults"></button></div>
    <p class="hint" data-text="faultsHint"></p>
    <ul class="faults" id="faults"></ul>
    <h2 class="later" data-text="clones"></h2>
    <p class="hint" data-text="clonesHint"></p>
    <ul class="faults" id="clones"></ul>
  </section>
</main>
<p class="lost" id="lost" role="alert" hidden data-text="paperLost"></p>
<script src="/page.js"></script>
</body>
</html>
`;
