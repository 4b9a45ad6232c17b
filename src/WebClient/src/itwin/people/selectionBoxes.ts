import type { IModelConnection } from "@itwin/core-frontend";
import type { Transform } from "@itwin/core-geometry";
import { Point3d, Range3d } from "@itwin/core-geometry";

/** An element's box in its own axes, and where it stands. */
export interface ElementBox {
  local: Range3d;
  toWorld: Transform;
}

/** The boxes of elements that people have selected, loaded once and forgotten when the elements change. */
export class SelectionBoxes {
  private readonly _boxes = new Map<string, ElementBox | undefined>();

  /** @param _onLoaded More boxes are known now. */
  public constructor(private readonly _iModel: IModelConnection, private readonly _onLoaded: () => void) {}

  /** The boxes that are known; the others are asked for. */
  public of(ids: readonly string[]): ElementBox[] {
    const missing = ids.filter((id) => !this._boxes.has(id));
    if (missing.length > 0) void this._load(missing);
    return ids.flatMap((id) => this._boxes.get(id) ?? []);
  }

  public forget(): void {
    this._boxes.clear();
  }

  private async _load(ids: readonly string[]): Promise<void> {
    for (const id of ids) this._boxes.set(id, undefined);
    try {
      for (const placement of await this._iModel.elements.getPlacements(ids, { type: "3d" })) {
        this._boxes.set(placement.elementId, { local: Range3d.fromJSON(placement.bbox), toWorld: placement.transform });
      }
      this._onLoaded();
    } catch {
      // The server is away: asked again after the next change.
      for (const id of ids) this._boxes.delete(id);
    }
  }
}

/** The middle of the top of a box, in world coordinates. */
export function topOf({ local, toWorld }: ElementBox): Point3d {
  return toWorld.multiplyPoint3d(Point3d.create(local.center.x, local.center.y, local.high.z));
}
