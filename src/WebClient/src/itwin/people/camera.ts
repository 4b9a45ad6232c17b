import type { ScreenViewport, ViewState3d } from "@itwin/core-frontend";
import { Matrix3d, Point3d, Vector3d } from "@itwin/core-geometry";
import type { CameraPresence } from "itwin-orleans-live-client";

type Triple = [number, number, number];

/** A 3d view's frustum; in metres, world coordinates. */
interface Camera {
  origin: Triple;
  extents: Triple;
  /** Rows of the rotation, one after the other. */
  rotation: number[];
  /** Of a perspective. */
  eye?: Triple;
  focus?: number;
}

/** Where the viewport looks; undefined for drawings and sheets. */
export function readCamera(viewport: ScreenViewport): CameraPresence | undefined {
  const { view } = viewport;
  if (!view.is3d()) return undefined;
  const camera: Camera = { origin: triple(view.origin), extents: triple(view.extents), rotation: rows(view.rotation) };
  if (view.isCameraOn) Object.assign(camera, { eye: triple(view.camera.eye), focus: view.camera.focusDist });
  return { ...camera };
}

/** Makes the viewport look there. What is no camera is ignored. */
export function applyCamera(viewport: ScreenViewport, camera: CameraPresence): void {
  const { view } = viewport;
  if (!view.is3d() || !isCamera(camera)) return;
  apply(view, camera);
  viewport.synchWithView({ noSaveInUndo: true });
}

function apply(view: ViewState3d, { origin, extents, rotation, eye, focus }: Camera): void {
  const matrix = Matrix3d.createRowValues(...(rotation as Parameters<typeof Matrix3d.createRowValues>));
  if (eye && focus !== undefined) {
    const eyePoint = Point3d.create(...eye);
    view.lookAt({ eyePoint, targetPoint: eyePoint.plusScaled(matrix.rowZ(), -focus), upVector: matrix.rowY(), newExtents: { x: extents[0], y: extents[1] } });
    return;
  }
  view.turnCameraOff();
  view.setRotation(matrix);
  view.setOrigin(Point3d.create(...origin));
  view.setExtents(Vector3d.create(...extents));
}

const triple = ({ x, y, z }: { x: number; y: number; z: number }): Triple => [x, y, z];
const rows = (matrix: Matrix3d): number[] => [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => matrix.at(row, column)));

function isCamera(value: Readonly<Record<string, unknown>>): value is Readonly<Record<string, unknown>> & Camera {
  const isNumbers = (list: unknown, length: number): boolean => Array.isArray(list) && list.length === length && list.every((item) => Number.isFinite(item));
  return isNumbers(value.origin, 3) && isNumbers(value.extents, 3) && isNumbers(value.rotation, 9) && (value.eye === undefined || isNumbers(value.eye, 3));
}
