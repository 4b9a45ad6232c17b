import { GeometryStreamBuilder, type GeometryStreamProps } from "@itwin/core-common";
import { Box, Cone, Point3d, Range3d, type SolidPrimitive, Sphere } from "@itwin/core-geometry";

export type ShapeKind = "box" | "cylinder" | "sphere";

/** Dimensions in metres; a shape uses those that it has. */
export interface ShapeSize {
  width: number;
  depth: number;
  height: number;
  radius: number;
}

export const shapeKinds: readonly { kind: ShapeKind; label: string; sizes: readonly (keyof ShapeSize)[] }[] = [
  { kind: "box", label: "Box", sizes: ["width", "depth", "height"] },
  { kind: "cylinder", label: "Cylinder", sizes: ["radius", "height"] },
  { kind: "sphere", label: "Sphere", sizes: ["radius"] },
];

export function shapeLabel(kind: ShapeKind): string {
  return shapeKinds.find((shape) => shape.kind === kind)?.label ?? kind;
}

/** The shape with the middle of its foot at the origin. Undefined if a dimension is not positive. */
export function createShape(kind: ShapeKind, { width, depth, height, radius }: ShapeSize): SolidPrimitive | undefined {
  switch (kind) {
    case "box":
      return Box.createRange(new Range3d(-width / 2, -depth / 2, 0, width / 2, depth / 2, height), true);
    case "cylinder":
      return Cone.createAxisPoints(Point3d.create(0, 0, 0), Point3d.create(0, 0, height), radius, radius, true);
    case "sphere":
      return Sphere.createCenterRadius(Point3d.create(0, 0, radius), radius);
  }
}

/** The geometry stream of an element with this shape. */
export function shapeGeometry(shape: SolidPrimitive): GeometryStreamProps {
  const builder = new GeometryStreamBuilder();
  builder.appendGeometry(shape);
  return builder.geometryStream;
}
