export { bridge } from "./bridge.ts";
export { call, callSafely, CallRefused, newRequestId } from "./call.ts";
export { useAct, useCall, useConnection, useFeed, useIsLost } from "./hooks.ts";
export {
  TillProvider,
  useSetSettings,
  useSetStatus,
  useSettings,
  useStatus,
} from "./till-context.tsx";
