import { ColorDef, ImageSourceFormat, IModelReadRpcInterface, type ViewFlagOverrides } from "@itwin/core-common";
import { type IModelConnection, SpatialViewState, StandardViewId, type ViewState } from "@itwin/core-frontend";
import { Vector3d } from "@itwin/core-geometry";
import { queryObjects } from "./query";

export interface SavedView {
  id: string;
  label: string;
  className: string;
}

/** The iModel's own views that are not private, by name. */
export async function listSavedViews(iModel: IModelConnection): Promise<SavedView[]> {
  return queryObjects<SavedView>(
    iModel,
    `SELECT ECInstanceId AS id, COALESCE(UserLabel, CodeValue, '(unnamed)') AS label, ec_classname(ECClassId, 'c') AS className
     FROM bis.ViewDefinition WHERE IsPrivate IS NULL OR NOT IsPrivate ORDER BY 2`,
  );
}

/** The wanted view if it exists, else the default one, else the first saved one, else everything seen from a corner. */
export async function initialView(iModel: IModelConnection, wanted?: string): Promise<ViewState> {
  const candidates = [wanted, await iModel.views.queryDefaultViewId().catch(() => undefined), (await listSavedViews(iModel))[0]?.id];
  for (const id of candidates) {
    if (id === undefined || id === "0" || id === "") continue;
    const view = await iModel.views.load(id).catch(() => undefined);
    if (view) return view;
  }
  return viewOfEverything(iModel);
}

/** An isometric view of all spatial models and categories, for iModels without saved views. */
async function viewOfEverything(iModel: IModelConnection): Promise<ViewState> {
  const extents = iModel.projectExtents;
  const view = SpatialViewState.createBlank(iModel, extents.low, Vector3d.create(extents.xLength(), extents.yLength(), extents.zLength()));
  const ids = async (ecsql: string): Promise<string[]> => (await queryObjects<{ id: string }>(iModel, ecsql)).map((row) => row.id);
  view.modelSelector.addModels(await ids("SELECT ECInstanceId FROM bis.GeometricModel3d WHERE NOT IsPrivate AND NOT IsTemplate"));
  view.categorySelector.addCategories(await ids("SELECT ECInstanceId FROM bis.SpatialCategory"));
  const style = view.getDisplayStyle3d();
  const flags: ViewFlagOverrides = { grid: false, acsTriad: false, lighting: true };
  style.viewFlags = style.viewFlags.override(flags);
  style.backgroundColor = ColorDef.from(230, 235, 240);
  view.setStandardRotation(StandardViewId.Iso);
  view.lookAtVolume(extents);
  await view.load();
  return view;
}

const thumbnailHeaderBytes = 16;

/** The picture saved with a view; undefined if there is none, which the server reports as an error. */
export async function loadViewThumbnail(iModel: IModelConnection, viewId: string): Promise<Blob | undefined> {
  try {
    // Not wrapped by IModelConnection. Four 32-bit numbers (length, format, width, height) precede the image.
    const bytes = await IModelReadRpcInterface.getClientForRouting(iModel.routingContext.token).getViewThumbnail(iModel.getRpcProps(), viewId);
    const [length, format] = new Uint32Array(bytes.slice(0, thumbnailHeaderBytes).buffer);
    if (length === undefined) return undefined;
    const type = format === (ImageSourceFormat.Jpeg as number) ? "image/jpeg" : "image/png";
    return new Blob([bytes.slice(thumbnailHeaderBytes, thumbnailHeaderBytes + length)], { type });
  } catch {
    return undefined;
  }
}
