import { Button, ProgressLinear } from "@itwin/itwinui-react";
import type { ScreenViewport } from "@itwin/core-frontend";
import { useEffect, useRef } from "react";
import type { OpenIModel } from "../itwin/openIModel";
import { showEverything } from "../itwin/visibility";
import { captureThumbnail } from "./captureThumbnail";
import { NavigationCube } from "./NavigationCube";
import { ToolBars } from "./ToolBars";
import { useIs3d } from "./useIs3d";
import { useViewportStatus } from "./useViewportStatus";
import { ViewportHost } from "./ViewportHost";

interface Props {
  iModel: OpenIModel;
  viewport: ScreenViewport | undefined;
  onViewport: (viewport: ScreenViewport | undefined) => void;
  selected: number;
}

/** The viewport with its tool bars over it. */
export function ViewportArea({ iModel, viewport, onViewport, selected }: Props): React.JSX.Element {
  return (
    <div className="viewport-area">
      <ViewportHost view={iModel.view} onViewport={onViewport} />
      {viewport && <Overlays viewport={viewport} imodelKey={iModel.key} selected={selected} />}
    </div>
  );
}

function Overlays({ viewport, imodelKey, selected }: { viewport: ScreenViewport; imodelKey: string; selected: number }): React.JSX.Element {
  const status = useViewportStatus(viewport);
  const is3d = useIs3d(viewport);
  const captured = useRef(false);
  useEffect(() => {
    if (status.loading || captured.current) return;
    captured.current = true;
    captureThumbnail(viewport, imodelKey);
  }, [status.loading, viewport, imodelKey]);
  return (
    <>
      <div className="tile-progress" data-loading={status.loading} role="status" aria-label={status.loading ? `Loading, ${status.pendingTiles} tiles to go` : "View complete"}>
        {status.loading && <ProgressLinear value={Math.max(4, status.progress * 100)} />}
      </div>
      {status.empty && <EmptyView viewport={viewport} />}
      <ToolBars viewport={viewport} status={status} selected={selected} />
      {is3d && <NavigationCube viewport={viewport} />}
    </>
  );
}

/** Explains a view without anything in it, which is otherwise mistaken for a fault. */
function EmptyView({ viewport }: { viewport: ScreenViewport }): React.JSX.Element {
  return (
    <div className="empty-view" role="status">
      <strong>Nothing to see in this view</strong>
      <span>Its models or categories are hidden, or have no geometry.</span>
      <Button size="small" onClick={() => void showEverything(viewport)}>Show all models and categories</Button>
    </div>
  );
}
