import { lazy, Suspense } from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { useTranslation } from "react-i18next";
import { TillProvider, useSettings } from "./bridge/index.ts";
import { AppFrame } from "./features/frame/app-frame.tsx";
import { CrashBoundary } from "./features/frame/crash-boundary.tsx";
import { Starting } from "./features/frame/starting.tsx";
import { useAppearance } from "./features/frame/use-appearance.ts";
import { FirstStart } from "./features/first-start/first-start.tsx";
import { WithProgramLine } from "./features/program/program-line.tsx";
import { SellPage } from "./features/sell/sell-page.tsx";
import { SellProvider } from "./features/sell/sell-provider.tsx";
import { useRoute } from "./routing.ts";

const HistoryPage = lazy(async () => ({
  default: (await import("./features/history/history-page.tsx")).HistoryPage,
}));
const DayEndPage = lazy(async () => ({
  default: (await import("./features/day-end/day-end-page.tsx")).DayEndPage,
}));
const DayPrintPage = lazy(async () => ({
  default: (await import("./features/day-end/print-page.tsx")).DayPrintPage,
}));
const SettingsPage = lazy(async () => ({
  default: (await import("./features/settings/settings-page.tsx")).SettingsPage,
}));

export function App() {
  const { i18n } = useTranslation();
  return (
    <I18nProvider locale={i18n.language}>
      <CrashBoundary>
        <TillProvider waiting={<Starting />}>
          <Screens />
        </TillProvider>
      </CrashBoundary>
    </I18nProvider>
  );
}

function Screens() {
  const settings = useSettings();
  const route = useRoute();
  useAppearance();
  if (route.page === "printDay")
    return (
      <Suspense fallback={null}>
        <DayPrintPage dayId={route.dayId} />
      </Suspense>
    );
  if (!settings.ready)
    return (
      <WithProgramLine>
        <FirstStart />
      </WithProgramLine>
    );
  return (
    <SellProvider>
      <AppFrame>
        <Suspense fallback={<Starting />}>
          <Page />
        </Suspense>
      </AppFrame>
    </SellProvider>
  );
}

function Page() {
  const route = useRoute();
  switch (route.page) {
    case "history":
      return <HistoryPage saleId={route.saleId} />;
    case "dayEnd":
      return <DayEndPage />;
    case "settings":
      return <SettingsPage section={route.section} />;
    default:
      return <SellPage />;
  }
}
