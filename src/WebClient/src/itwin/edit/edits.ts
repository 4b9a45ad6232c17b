import { Code, type GeometricElement3dProps, type PhysicalElementProps } from "@itwin/core-common";
import type { BriefcaseConnection } from "@itwin/core-frontend";
import { Point3d, type SolidPrimitive, type Vector3d } from "@itwin/core-geometry";
import type { EntityProps, LiveState, Operation } from "itwin-orleans-live-client";
import type { Edit } from "../../live/liveDocument";
import { formatCount } from "../../shared/text";
import { shapeGeometry } from "./shapes";

/** Inserts a solid with the middle of its foot at a point. */
export function insertShape(label: string, solid: SolidPrimitive, at: Point3d, modelId: string, categoryId: string): Edit {
  const props: PhysicalElementProps = {
    classFullName: "Generic:PhysicalObject", model: modelId, category: categoryId, code: Code.createEmpty().toJSON(), userLabel: label,
    placement: { origin: at.toJSON(), angles: {} }, geom: shapeGeometry(solid),
  };
  return { description: `Insert ${label}`, operations: [{ action: "insert", entity: "element", name: "shape", props: props as unknown as EntityProps }] };
}

/** Moves elements by a vector, from where they are now. */
export async function moveBy(iModel: BriefcaseConnection, ids: readonly string[], by: Vector3d, base: LiveState): Promise<Edit> {
  const elements = (await iModel.elements.getProps([...ids])) as GeometricElement3dProps[];
  const operations = elements.flatMap(({ id, classFullName, model, code, placement }): Operation[] =>
    placement
      ? [{
          action: "update", entity: "element",
          props: { id, classFullName, model, code, placement: { ...placement, origin: Point3d.fromJSON(placement.origin).plus(by).toJSON() } },
        }]
      : [],
  );
  return { description: `Move ${describe(elements)}`, operations, base };
}

/** Moves one element to a point. */
export async function moveTo(iModel: BriefcaseConnection, id: string, origin: Point3d, base: LiveState): Promise<Edit> {
  const [element] = (await iModel.elements.getProps(id)) as GeometricElement3dProps[];
  const from = Point3d.fromJSON(element?.placement?.origin);
  return moveBy(iModel, [id], from.vectorTo(origin), base);
}

/** Gives an element a label; an empty one takes it away. */
export async function rename(iModel: BriefcaseConnection, id: string, label: string, base: LiveState): Promise<Edit> {
  const [element] = await iModel.elements.getProps(id);
  if (!element) throw new Error(`The element ${id} does not exist any more.`);
  const { classFullName, model, code } = element;
  return {
    description: label === "" ? `Remove the label of ${describe([element])}` : `Rename ${describe([element])} to ${label}`, base,
    operations: [{ action: "update", entity: "element", props: { id, classFullName, model, code, userLabel: label } }],
  };
}

/** Deletes elements, and what belongs to them. */
export async function deleteElements(iModel: BriefcaseConnection, ids: readonly string[], base: LiveState): Promise<Edit> {
  const wanted = new Set(ids);
  // The server takes an element's children with it; deleting them as well would find nothing.
  const roots = (await iModel.elements.getProps([...ids])).filter(({ parent }) => !parent || !wanted.has(parent.id));
  const operations = roots.flatMap(({ id }): Operation[] => (id === undefined ? [] : [{ action: "delete", entity: "element", id }]));
  return { description: `Delete ${describe(roots)}`, operations, base };
}

function describe(elements: readonly { userLabel?: string; id?: string; code?: { value?: string } }[]): string {
  const [first] = elements;
  return elements.length === 1 && first ? ([first.userLabel, first.code?.value].find((name) => name) ?? `element ${first.id}`) : formatCount(elements.length, "element");
}
