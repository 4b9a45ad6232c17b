import { CompressedId64Set } from "@itwin/core-bentley";
import { DevToolsRpcInterface, type ElementProps, GeometrySummaryVerbosity, IModelReadRpcInterface, MassPropertiesOperation, QueryRowFormat } from "@itwin/core-common";
import { type IModelConnection, type ScreenViewport, SnapMode } from "@itwin/core-frontend";
import { ClipPlaneContainment, ClipVector, Range3d, ClipPrimitive, ClipShape } from "@itwin/core-geometry";

type Operations = Record<string, unknown>;

/**
 * Calls what applications call, through the frontend's own API where it has one, and returns every answer by name.
 * An operation that fails is part of the outcome: two backends should fail alike.
 */
export async function runOperations(iModel: IModelConnection, viewport: ScreenViewport): Promise<Operations> {
  const outcome: Operations = {};
  const run = async (name: string, operation: () => Promise<unknown>): Promise<void> => {
    try {
      outcome[name] = plain(await operation());
    } catch (error) {
      outcome[name] = { failed: error instanceof Error ? error.message : String(error) };
    }
  };
  const rows = async (ecsql: string): Promise<unknown[]> =>
    iModel.createQueryReader(ecsql, undefined, { rowFormat: QueryRowFormat.UseJsPropertyNames }).toArray();

  await run("connection", async () => Promise.resolve({
    name: iModel.name, rootSubject: iModel.rootSubject, projectExtents: iModel.projectExtents, globalOrigin: iModel.globalOrigin,
    iModelId: iModel.iModelId, iTwinId: iModel.iTwinId, changeset: iModel.changeset,
  }));
  await run("ping", async () => DevToolsRpcInterface.getClient().ping(iModel.getRpcProps()));

  const ids = (await rows("SELECT ECInstanceId AS id FROM bis.GeometricElement3d ORDER BY ECInstanceId LIMIT 5")).map((row) => (row as { id: string }).id);
  const id = ids[0] ?? "0x1";
  await run("query", async () => rows("SELECT ECInstanceId, ECClassId, UserLabel, CodeValue, Parent FROM bis.Element ORDER BY ECInstanceId LIMIT 40"));
  await run("queryPaged", async () => {
    // More rows than one answer holds: the reader pages, and only digests are kept.
    const all = await rows("SELECT ECInstanceId AS id, UserLabel FROM bis.Element ORDER BY ECInstanceId");
    return { count: all.length, first: all[0], last: all[all.length - 1], characters: JSON.stringify(all).length };
  });
  await run("queryWrong", async () => rows("SELECT Nothing FROM bis.Element"));
  await run("elementProps", async () => iModel.elements.getProps(ids));
  await run("elementPropsOfNone", async () => iModel.elements.getProps("0xffffff"));
  await run("queryElementProps", async () => iModel.elements.queryProps({ from: "BisCore.SpatialCategory", limit: 3 }));
  await run("loadElementProps", async () => iModel.elements.loadProps(id, { wantGeometry: true }));
  await run("modelProps", async () => {
    const models = await rows("SELECT ECInstanceId AS id FROM bis.Model ORDER BY ECInstanceId");
    return iModel.models.getProps(models.map((row) => (row as { id: string }).id));
  });
  await run("queryModelProps", async () => iModel.models.queryProps({ from: "BisCore.PhysicalModel" }));
  await run("modelExtents", async () => {
    const models = await rows("SELECT ECInstanceId AS id FROM bis.GeometricModel3d ORDER BY ECInstanceId");
    return iModel.models.queryExtents(models.map((row) => (row as { id: string }).id));
  });
  await run("viewList", async () => iModel.views.getViewList({ wantPrivate: false }));
  await run("viewLoad", async () => iModel.views.load(await iModel.views.queryDefaultViewId()).then((view) => view.toProps()));
  await run("codeSpecs", async () => iModel.codeSpecs.getByName("bis:SpatialCategory").then((spec) => ({ id: spec.id, name: spec.name })));
  await run("toolTip", async () => iModel.getToolTipMessage(id));
  await run("subCategories", async () => IModelReadRpcInterface.getClientForRouting(iModel.routingContext.token).queryAllUsedSpatialSubCategories(iModel.getRpcProps()));

  const placed = ((await iModel.elements.getProps(ids)) as (ElementProps & { placement?: { origin: unknown } })[]).find(({ placement }) => placement);
  await run("snap", async () => iModel.requestSnap(snapRequest(viewport, placed?.id ?? id, Range3d.fromJSON(iModel.projectExtents))));
  await run("massProperties", async () => iModel.getMassProperties({ operation: MassPropertiesOperation.AccumulateVolumes, candidates: ids }));
  await run("massPropertiesPerCandidate", async () =>
    iModel.getMassPropertiesPerCandidate({ operations: [MassPropertiesOperation.AccumulateVolumes, MassPropertiesOperation.AccumulateAreas], candidates: CompressedId64Set.compressArray(ids) }));
  await run("containment", async () => {
    const clip = ClipVector.createCapture([ClipPrimitive.createCapture(ClipShape.createBlock(iModel.projectExtents, 63 as never).fetchClipPlanesRef())]);
    const { candidatesContainment, status } = await iModel.getGeometryContainment({ candidates: ids, clip: clip.toJSON() });
    return { status, containment: candidatesContainment?.map((value) => ClipPlaneContainment[value]) };
  });
  await run("geometrySummary", async () => IModelReadRpcInterface.getClientForRouting(iModel.routingContext.token).getGeometrySummary(iModel.getRpcProps(), {
    elementIds: ids, options: { geometryVerbosity: GeometrySummaryVerbosity.Full, verboseSymbology: true, includePlacement: true, includePartReferences: "3d" },
  }));
  await run("elementMeshes", async () => (await iModel.generateElementMeshes({ source: id })).length);
  return outcome;
}

/** A snap to a point of the element nearest to the middle of its box, as the pointer would ask for it. */
function snapRequest(viewport: ScreenViewport, id: string, extents: Range3d): Parameters<IModelConnection["requestSnap"]>[0] {
  const point = extents.center.toJSON();
  return {
    id, testPoint: point, closePoint: point, worldToView: viewport.worldToViewMap.transform0.toJSON(), viewFlags: viewport.viewFlags.toJSON(),
    snapModes: [SnapMode.NearestKeypoint], snapAperture: 5000, snapDivisor: 2,
  };
}

/** As JSON: what does not survive it (undefined, class instances, typed arrays) is of no use to the test. */
function plain(value: unknown): unknown {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);
}
