import { Button } from "@itwin/itwinui-react";
import type { ScreenViewport } from "@itwin/core-frontend";
import { useState } from "react";
import { failedTileCount, reloadTiles } from "../itwin/missingTiles";
import { showEverything } from "../itwin/visibility";
import { formatCount } from "../shared/text";
import type { ViewportStatus } from "./useViewportStatus";

/** Explains a view that is not what one expects: parts that are missing, or nothing in it at all. */
export function ViewNotices({ viewport, status }: { viewport: ScreenViewport; status: ViewportStatus }): React.JSX.Element | null {
  const [forgiven, setForgiven] = useState(failedTileCount);
  const missing = status.failedTiles - forgiven;
  if (missing > 0) {
    const reload = (): void => {
      setForgiven(failedTileCount());
      reloadTiles(viewport);
    };
    return (
      <div className="view-notice" role="alert">
        <strong>The view is incomplete</strong>
        <span>The server could not deliver {formatCount(missing, "part")} of the model.</span>
        <Button size="small" onClick={reload}>Load again</Button>
      </div>
    );
  }
  if (!status.empty) return null;
  return (
    <div className="view-notice" role="status">
      <strong>Nothing to see in this view</strong>
      <span>Its models or categories are hidden, or have no geometry.</span>
      <Button size="small" onClick={() => void showEverything(viewport)}>Show all models and categories</Button>
    </div>
  );
}
