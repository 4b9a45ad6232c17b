import { Button } from "@itwin/itwinui-react";
import type { ScreenViewport } from "@itwin/core-frontend";
import { toolPrompt } from "../itwin/notifications";
import type { OpenIModel } from "../itwin/openIModel";
import { reopening } from "../itwin/reopen";
import { formatCount } from "../shared/text";
import { useSignal } from "../shared/signal";
import { useViewportStatus } from "./useViewportStatus";

interface Props {
  iModel: OpenIModel;
  viewport: ScreenViewport | undefined;
  selected: number;
}

/** One line of state: what the tool wants, what is loading, what is selected. */
export function StatusBar({ iModel, viewport, selected }: Props): React.JSX.Element {
  const prompt = useSignal(toolPrompt);
  const isReopening = useSignal(reopening);
  return (
    <footer className="status-bar">
      <span className="status-prompt">{prompt}</span>
      {isReopening && <span role="status">The server closed the iModel; opening it again…</span>}
      {viewport && <TileStatus viewport={viewport} />}
      {selected > 0 && (
        <span>
          {formatCount(selected, "element")} selected{" "}
          <Button size="small" styleType="borderless" onClick={() => iModel.connection.selectionSet.emptyAll()}>Clear</Button>
        </span>
      )}
      <span title={iModel.connection.iModelId}>{iModel.connection.rootSubject.name}</span>
    </footer>
  );
}

function TileStatus({ viewport }: { viewport: ScreenViewport }): React.JSX.Element {
  const { loading, pendingTiles } = useViewportStatus(viewport);
  return <span>{loading ? `Loading ${formatCount(pendingTiles, "tile")}…` : formatCount(viewport.numReadyTiles, "tile")}</span>;
}
