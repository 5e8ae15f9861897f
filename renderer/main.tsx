import "./ui/tokens.css";
import "./ui/fonts.css";
import "./ui/base.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { CallRefused } from "./bridge/call.ts";
import { tellLostFailures } from "./bridge/failure.ts";
import { startI18n } from "./i18n/start.ts";
import { guardKeys } from "./ui/key-guard.ts";
import { tellKeyboardClicks } from "./ui/keyboard-clicks.ts";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The till is on the same machine: an answer is only old when the feed says so.
      staleTime: Infinity,
      refetchOnWindowFocus: false,
      retry: (failures, error) => error instanceof CallRefused && error.isOffline && failures < 5,
    },
    mutations: { retry: false },
  },
});

guardKeys(window);
tellLostFailures(window);
tellKeyboardClicks(document);
await startI18n();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
