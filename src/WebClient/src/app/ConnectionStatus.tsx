import { ProgressRadial } from "@itwin/itwinui-react";
import { useEffect } from "react";
import { connection, probeConnection } from "../api/connection";
import { useSignal } from "../shared/signal";

const probeIntervalMs = 2000;

/** Says that the server is away, and asks after it until it is back. Shows nothing while all is well. */
export function ConnectionStatus(): React.JSX.Element | null {
  const state = useSignal(connection);
  useEffect(() => {
    if (state === "ok") return;
    const timer = setInterval(() => void probeConnection(), probeIntervalMs);
    return () => clearInterval(timer);
  }, [state]);
  if (state === "ok") return null;
  return (
    <span className="connection-lost" role="status">
      <ProgressRadial size="x-small" indeterminate />
      Connection lost, reconnecting…
    </span>
  );
}
