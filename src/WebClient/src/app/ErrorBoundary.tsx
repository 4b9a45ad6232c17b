import { Component, type ReactNode } from "react";
import { ErrorState } from "../shared/ErrorState";

interface Props {
  children: ReactNode;
}

/** Shows a fault of the page itself instead of an empty one. */
export class ErrorBoundary extends Component<Props, { error?: unknown }> {
  public override state: { error?: unknown } = {};

  public static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  public override render(): ReactNode {
    return this.state.error === undefined ? (
      this.props.children
    ) : (
      <ErrorState error={this.state.error} onRetry={() => window.location.reload()} />
    );
  }
}
