import { SvgNetwork } from "@itwin/itwinui-icons-react";
import { NonIdealState, Text } from "@itwin/itwinui-react";
import { useEffect } from "react";
import { type Cluster, getCluster } from "../api/cluster";
import { describeError } from "../shared/errors";
import { ErrorState } from "../shared/ErrorState";
import { formatBytes, formatCount } from "../shared/text";
import { useAsync } from "../shared/useAsync";
import { OpenIModels } from "./OpenIModels";
import { SiloCard } from "./SiloCard";
import "./cluster.css";

const refreshIntervalMs = 2000;

/** The silos, their workers and load, and what is open where; kept up to date while the page is visible. */
export function ClusterPage(): React.JSX.Element {
  const [cluster, reload] = useAsync(getCluster, []);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") reload();
    }, refreshIntervalMs);
    return () => clearInterval(timer);
  }, [reload]);
  const now = cluster.value;
  if (!now && cluster.status === "failed") return <ErrorState error={cluster.error} onRetry={reload} />;
  return (
    <main className="home cluster">
      <header className="home-head">
        <div>
          <Text as="h1" variant="title">Cluster</Text>
          <Text isMuted>{now ? summary(now) : "Asking the server…"}</Text>
        </div>
      </header>
      {cluster.status === "failed" && <p className="home-stale" role="status">{describeError(cluster.error).title}. What is shown may be out of date.</p>}
      {now && <Silos cluster={now} />}
      {now && <OpenIModels iModels={now.iModels} />}
      {now && (
        <p className="cluster-api">
          Answered by {now.api.name}: {formatCount(now.api.liveConnections, "live connection")}, {formatBytes(now.api.memoryBytes)} of memory.
        </p>
      )}
    </main>
  );
}

function Silos({ cluster }: { cluster: Cluster }): React.JSX.Element {
  if (cluster.silos.length > 0) return <ul className="home-grid">{cluster.silos.map((silo) => <SiloCard key={`${silo.name} ${silo.since?.getTime()}`} silo={silo} />)}</ul>;
  return (
    <div className="home-empty">
      <NonIdealState svg={<SvgNetwork />} heading="No silo can be reached" description="iModels open as soon as one is there. The page looks every two seconds." />
    </div>
  );
}

function summary({ silos, iModels }: Cluster): string {
  const sessions = silos.reduce((sum, { load }) => sum + (load?.sessions ?? 0), 0);
  const calls = silos.reduce((sum, { load }) => sum + (load?.callsPerSecond ?? 0), 0);
  const active = silos.filter(({ status }) => status === "active").length;
  return [formatCount(active, "active silo"), `${iModels.length} open`, formatCount(sessions, "session"), `${calls.toFixed(1)} calls/s`].join(" · ");
}
