import { ProgressLinear } from "@itwin/itwinui-react";
import type { ScreenViewport } from "@itwin/core-frontend";
import { useEffect, useRef } from "react";
import type { Editor } from "../itwin/edit/Editor";
import type { OpenIModel } from "../itwin/openIModel";
import { captureThumbnail } from "./captureThumbnail";
import { LiveOverlays } from "./edit/LiveOverlays";
import { NavigationCube } from "./NavigationCube";
import { ToolBars } from "./ToolBars";
import { useIs3d } from "./useIs3d";
import { useViewportStatus } from "./useViewportStatus";
import { ViewNotices } from "./ViewNotices";
import { ViewportHost } from "./ViewportHost";

interface Props {
  iModel: OpenIModel;
  viewport: ScreenViewport | undefined;
  onViewport: (viewport: ScreenViewport | undefined) => void;
  selected: number;
  /** Of a live iModel. */
  editor: Editor | undefined;
}

/** The viewport with its tool bars over it. */
export function ViewportArea({ iModel, viewport, onViewport, selected, editor }: Props): React.JSX.Element {
  return (
    <div className="viewport-area">
      <ViewportHost view={iModel.view} onViewport={onViewport} />
      {viewport && <Overlays viewport={viewport} imodelKey={iModel.key} selected={selected} />}
      {viewport && editor && <LiveOverlays editor={editor} viewport={viewport} selected={selected} />}
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
      <ViewNotices viewport={viewport} status={status} />
      <ToolBars viewport={viewport} status={status} selected={selected} />
      {is3d && <NavigationCube viewport={viewport} />}
    </>
  );
}
