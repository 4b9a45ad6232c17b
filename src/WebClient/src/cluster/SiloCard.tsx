import { Badge, Text } from "@itwin/itwinui-react";
import type { SiloEntry, SiloLoad } from "../api/cluster";
import { formatAgo, formatBytes, splitCamelCase } from "../shared/text";
import { useNow } from "../shared/useNow";
import { Meter } from "./Meter";

/** One silo: how it is, how full it is, and its workers. */
export function SiloCard({ silo }: { silo: SiloEntry }): React.JSX.Element {
  const now = useNow();
  const isWell = silo.status === "active" && silo.load !== undefined;
  return (
    <li className="card silo" data-silo={silo.name} data-well={isWell}>
      <header>
        <Text as="h2" variant="subheading">{silo.name}</Text>
        <Badge backgroundColor={isWell ? "positive" : silo.status === "dead" ? "negative" : "warning"}>
          {silo.status === "active" && !silo.load ? "No answer" : splitCamelCase(silo.status)}
        </Badge>
      </header>
      <p className="silo-facts">{[silo.address, silo.since && `started ${formatAgo(silo.since, now)}`].filter(Boolean).join(" · ")}</p>
      {silo.load && <Load load={silo.load} />}
    </li>
  );
}

function Load({ load }: { load: SiloLoad }): React.JSX.Element {
  return (
    <>
      <Meter label="Open iModels" value={load.openIModels} max={load.maxOpenIModels} text={`${load.openIModels} of ${load.maxOpenIModels}`} />
      {load.maxMemoryBytes > 0 && (
        <Meter label="Memory of its machine" value={load.memoryBytes} max={load.maxMemoryBytes} text={`${formatBytes(load.memoryBytes)} of ${formatBytes(load.maxMemoryBytes)}`} />
      )}
      <dl>
        <dt>Sessions</dt>
        <dd>{load.sessions}</dd>
        <dt>People live</dt>
        <dd>{load.people}</dd>
        <dt>Calls</dt>
        <dd>{`${load.callsPerSecond.toFixed(1)}/s, ${load.callsInFlight} running`}</dd>
      </dl>
      <ul className="workers" aria-label="Workers">
        {load.workers.map((worker) => (
          <li key={worker.name} data-state={worker.state} title={`${worker.name}: ${worker.state}, process ${worker.generation}`}>
            {worker.name} <span>{worker.state}{worker.generation > 1 ? `, started ${worker.generation} times` : ""}</span>
          </li>
        ))}
        {load.workers.length === 0 && <li data-state="none">No worker yet: they start with the first iModel.</li>}
      </ul>
    </>
  );
}
