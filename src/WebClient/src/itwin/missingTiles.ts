import { IModelApp, type ScreenViewport } from "@itwin/core-frontend";

/** How many tiles could not be loaded since the page started. */
export function failedTileCount(): number {
  return IModelApp.tileAdmin.statistics.totalFailedRequests;
}

/** Forgets all tiles, those that failed with them, and loads what the view needs again: iTwin.js itself never retries a failed tile. */
export function reloadTiles(viewport: ScreenViewport): void {
  const { tiles } = viewport.iModel;
  for (const supplier of new Set([...tiles].map((entry) => entry.supplier))) tiles.dropSupplier(supplier);
  viewport.invalidateScene();
}
