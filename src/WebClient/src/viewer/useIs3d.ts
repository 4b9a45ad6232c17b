import type { ScreenViewport } from "@itwin/core-frontend";
import { useSyncExternalStore } from "react";

/** Whether the viewport shows a 3d view; a saved view may change it to a drawing or a sheet. */
export function useIs3d(viewport: ScreenViewport): boolean {
  return useSyncExternalStore(
    (changed) => viewport.onChangeView.addListener(changed),
    () => viewport.view.is3d(),
  );
}
