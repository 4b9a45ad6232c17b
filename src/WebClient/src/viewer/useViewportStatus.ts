import { IModelApp, type ScreenViewport } from "@itwin/core-frontend";
import { useEffect, useState } from "react";
import { failedTileCount } from "../itwin/missingTiles";

export interface ViewportStatus {
  /** Tile trees or tiles of the current view are still on their way. */
  loading: boolean;
  /** Share of the view's tiles that are drawn, 0 to 1. */
  progress: number;
  pendingTiles: number;
  /** The view is complete and has nothing in it. */
  empty: boolean;
  /** Tiles that could not be loaded since the page started. */
  failedTiles: number;
  canUndo: boolean;
  canRedo: boolean;
}

const intervalMs = 150;
const idle: ViewportStatus = { loading: true, progress: 0, pendingTiles: 0, empty: false, failedTiles: 0, canUndo: false, canRedo: false };

/** Follows a viewport. It has no event for "a tile is missing", so its counters are looked at a few times per second. */
export function useViewportStatus(viewport: ScreenViewport): ViewportStatus {
  const [status, setStatus] = useState(idle);
  useEffect(() => {
    const look = (): void => {
      const next = read(viewport);
      setStatus((previous) => (isSame(previous, next) ? previous : next));
    };
    const timer = setInterval(look, intervalMs);
    return () => clearInterval(timer);
  }, [viewport]);
  return status;
}

function read(viewport: ScreenViewport): ViewportStatus {
  const pendingTiles = viewport.numRequestedTiles;
  const ready = viewport.numReadyTiles;
  const loading = !viewport.areAllTileTreesLoaded || pendingTiles > 0 || IModelApp.tileAdmin.statistics.numActiveRequests > 0;
  return {
    loading, pendingTiles,
    empty: !loading && ready === 0,
    progress: ready + pendingTiles === 0 ? 0 : ready / (ready + pendingTiles),
    failedTiles: failedTileCount(),
    canUndo: viewport.isUndoPossible, canRedo: viewport.isRedoPossible,
  };
}

function isSame(a: ViewportStatus, b: ViewportStatus): boolean {
  return (Object.keys(a) as (keyof ViewportStatus)[]).every((key) => a[key] === b[key]);
}
