import { ensureDependencies, runOnNode24 } from "./setup.mjs";

// `node main/shells/launch/run.mjs SCRIPT.ts [arguments]`: any script of this project, set up and on Node 24.
const [script, ...args] = process.argv.slice(2);
if (script === undefined) {
  process.stderr.write("Say which script to run.\n");
  process.exit(1);
}
ensureDependencies();
runOnNode24(script, args);
