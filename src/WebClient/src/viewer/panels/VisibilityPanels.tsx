import type { ScreenViewport } from "@itwin/core-frontend";
import { loadCategoryTree, loadModelTree } from "../../itwin/hierarchy";
import { zoomToModels } from "../../itwin/visibility";
import { useAsync } from "../../shared/useAsync";
import { useIs3d } from "../useIs3d";
import { VisibilityTree } from "./VisibilityTree";

/** The iModel's subjects and 3d models. */
export function ModelPanel({ viewport }: { viewport: ScreenViewport }): React.JSX.Element {
  const [tree, reload] = useAsync(async () => loadModelTree(viewport.iModel), [viewport]);
  return (
    <VisibilityTree
      title="Models" noun="model" viewport={viewport} tree={tree} onReload={reload}
      empty="This iModel has no 3D models." onZoom={async (item) => zoomToModels(viewport, item)}
    />
  );
}

/** The categories that the kind of view shows. */
export function CategoryPanel({ viewport }: { viewport: ScreenViewport }): React.JSX.Element {
  const is3d = useIs3d(viewport);
  const [tree, reload] = useAsync(async () => loadCategoryTree(viewport.iModel, is3d), [viewport, is3d]);
  return (
    <VisibilityTree title="Categories" noun="category" viewport={viewport} tree={tree} onReload={reload} empty="This iModel has no categories for this kind of view." />
  );
}
