import { Component, type ErrorInfo, type ReactNode } from "react";
import { tellFailure } from "../../bridge/failure.ts";
import { Crashed } from "./crashed.tsx";

interface Crash {
  message: string | null;
  /** Under which the till has it; null until it has said so. */
  incident: string | null;
}

/** An error in a screen never leaves a white page: it says so and offers the way back. */
export class CrashBoundary extends Component<{ children: ReactNode }, Crash> {
  override state: Crash = { message: null, incident: null };

  static getDerivedStateFromError(error: unknown): Pick<Crash, "message"> {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error("screen crashed", error, info.componentStack);
    void tellFailure(error).then((incident) => this.setState({ incident }));
  }

  override render(): ReactNode {
    if (this.state.message === null) return this.props.children;
    return <Crashed message={this.state.message} incident={this.state.incident} />;
  }
}
