import { DepthPointSource, type ScreenViewport } from "@itwin/core-frontend";
import { Plane3dByOriginAndUnitNormal, Point3d, Ray3d, Vector3d } from "@itwin/core-geometry";

/** The ray into the view below a point of the view. */
function viewRay(viewport: ScreenViewport, world: Point3d): Ray3d {
  const npc = viewport.worldToNpc(world);
  const front = viewport.npcToWorld(Point3d.create(npc.x, npc.y, 1));
  const back = viewport.npcToWorld(Point3d.create(npc.x, npc.y, 0));
  return Ray3d.createStartEnd(front, back);
}

/** Where the ray below the point meets the plane; undefined if it does not. */
function onPlane(viewport: ScreenViewport, world: Point3d, plane: Plane3dByOriginAndUnitNormal): Point3d | undefined {
  const at = Point3d.create();
  return viewRay(viewport, world).intersectionWithPlane(plane, at) === undefined ? undefined : at;
}

/** The point of the model's surface below the pointer, else of the ground of the project. */
export function surfacePoint(viewport: ScreenViewport, world: Point3d): Point3d {
  const { plane, source } = viewport.pickDepthPoint(world, undefined, { excludeDecorations: true });
  const isSurface = source === DepthPointSource.Geometry || source === DepthPointSource.Model;
  const { center, low } = viewport.iModel.projectExtents;
  const ground = Plane3dByOriginAndUnitNormal.create(Point3d.create(center.x, center.y, low.z), Vector3d.unitZ());
  return (isSurface ? onPlane(viewport, world, plane) : ground && onPlane(viewport, world, ground)) ?? world;
}

/** A view from the side shows the horizontal plane as a line: steeper than this it is used, as the sine of the angle. */
const steepest = 0.15;

/** Where the pointer is on the horizontal plane through `anchor`; on the plane that faces the view when that is seen from the side. */
export function dragPoint(viewport: ScreenViewport, world: Point3d, anchor: Point3d): Point3d {
  const toEye = viewport.view.getZVector();
  const normal = Math.abs(toEye.z) > steepest ? Vector3d.unitZ() : Vector3d.create(toEye.x, toEye.y, 0).normalize();
  const plane = normal && Plane3dByOriginAndUnitNormal.create(anchor, normal);
  return (plane && onPlane(viewport, world, plane)) ?? world;
}
