import { Component, type ErrorInfo, type ReactNode } from "react";
import { Crashed } from "./crashed.tsx";

/** An error in a screen never leaves a white page: it says so and offers the way back. */
export class CrashBoundary extends Component<{ children: ReactNode }, { message: string | null }> {
  override state: { message: string | null } = { message: null };

  static getDerivedStateFromError(error: unknown): { message: string } {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error("screen crashed", error, info.componentStack);
  }

  override render(): ReactNode {
    if (this.state.message === null) return this.props.children;
    return <Crashed message={this.state.message} />;
  }
}
