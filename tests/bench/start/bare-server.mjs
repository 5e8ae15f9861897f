import { createServer } from "node:http";

// The least a page can come from: what Node itself costs.
const server = createServer((_, response) => response.end("<!doctype html>"));
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`ready: http://127.0.0.1:${server.address().port}/\n`);
});
