import type { ScreenViewport } from "@itwin/core-frontend";
import { Range3d } from "@itwin/core-geometry";
import { Disposables } from "../shared/disposables";
import { loadCategoryTree, loadModelTree, type TreeItem } from "./hierarchy";

export type Visibility = "visible" | "hidden" | "partial";

/** Calls `changed` whenever the viewport's models, categories or sub-categories are shown or hidden. Returns the un-subscriber. */
export function onVisibilityChanged(viewport: ScreenViewport, changed: () => void): () => void {
  const listeners = new Disposables();
  listeners.add(
    viewport.onViewedModelsChanged.addListener(changed),
    viewport.onViewedCategoriesChanged.addListener(changed),
    viewport.onFeatureOverridesChanged.addListener(changed),
    viewport.onChangeView.addListener(changed),
  );
  return () => listeners.dispose();
}

/** What the viewport shows of an item and everything below it. */
export function visibilityOf(viewport: ScreenViewport, item: TreeItem): Visibility {
  if (item.kind === "category" && !viewport.view.viewsCategory(item.id)) return "hidden";
  if (item.kind === "subCategory") return viewport.isSubCategoryVisible(item.id) ? "visible" : "hidden";
  const states = item.children.map((child) => visibilityOf(viewport, child));
  if (item.kind === "model") states.push(viewport.view.viewsModel(item.id) ? "visible" : "hidden");
  if (states.length === 0) return "visible";
  return states.every((state) => state === states[0]) ? (states[0] ?? "visible") : "partial";
}

/** Shows or hides items with everything below them. */
export async function setVisible(viewport: ScreenViewport, items: readonly TreeItem[], visible: boolean): Promise<void> {
  const all = items.flatMap(withDescendants);
  const idsOf = (kind: TreeItem["kind"]): string[] => all.filter((item) => item.kind === kind).map((item) => item.id);
  const [models, categories, subCategories] = [idsOf("model"), idsOf("category"), idsOf("subCategory")];
  if (models.length > 0 && viewport.view.isSpatialView()) {
    if (visible) await viewport.addViewedModels(models);
    else viewport.changeModelDisplay(models, false);
  }
  if (categories.length > 0) viewport.changeCategoryDisplay(categories, visible);
  for (const id of subCategories) viewport.changeSubCategoryDisplay(id, visible);
}

/** Shows only the given item among its tree. */
export async function isolate(viewport: ScreenViewport, tree: readonly TreeItem[], item: TreeItem): Promise<void> {
  await setVisible(viewport, tree, false);
  await setVisible(viewport, [item], true);
}

/** Shows all models and categories that the kind of view can show, and fits them. */
export async function showEverything(viewport: ScreenViewport): Promise<void> {
  const [models, categories] = await Promise.all([loadModelTree(viewport.iModel), loadCategoryTree(viewport.iModel, viewport.view.is3d())]);
  await setVisible(viewport, [...models, ...categories], true);
  const extents = viewport.iModel.projectExtents;
  if (viewport.view.is3d() && !extents.isNull) viewport.zoomToVolume(extents, { animateFrustumChange: true });
}

/** Zooms to the models of an item. */
export async function zoomToModels(viewport: ScreenViewport, item: TreeItem): Promise<void> {
  const ids = withDescendants(item).filter(({ kind }) => kind === "model").map(({ id }) => id);
  const extents = await viewport.iModel.models.queryExtents(ids);
  const range = Range3d.createNull();
  for (const { extents: modelExtents } of extents) range.extendRange(Range3d.fromJSON(modelExtents));
  if (!range.isNull) viewport.zoomToVolume(range, { animateFrustumChange: true });
}

export function withDescendants(item: TreeItem): TreeItem[] {
  return [item, ...item.children.flatMap(withDescendants)];
}
