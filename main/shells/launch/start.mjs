import { ensureDependencies, runOnNode24 } from "./setup.mjs";

// npm start: sets up what is missing, then opens the till.
ensureDependencies();
runOnNode24("main/shells/launch/start.ts", process.argv.slice(2));
