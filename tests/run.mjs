import { ensureDependencies, runOnNode24 } from "../main/shells/launch/setup.mjs";

// npm test: sets up what is missing, then runs every check, or those named (`npm test -- unit e2e`).
ensureDependencies();
runOnNode24("tests/runner/main.ts", process.argv.slice(2));
