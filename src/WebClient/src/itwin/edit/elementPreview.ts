import type { IModelConnection, RenderGraphicOwner } from "@itwin/core-frontend";
import { GraphicBranch, IModelApp, readElementGraphics, type RenderGraphic } from "@itwin/core-frontend";
import type { GeometricElement3dProps } from "@itwin/core-common";
import { Transform, type Vector3d } from "@itwin/core-geometry";

/** So many elements are drawn while they are moved; of more, the first ones stand for all. */
const mostShown = 50;

let requests = 0;

/** The graphics of elements, to be drawn elsewhere than they are: what a move will look like. */
export class ElementPreview {
  private readonly _owners: RenderGraphicOwner[] = [];
  private _isDisposed = false;

  /** Loads the graphics; the preview grows as they arrive. */
  public async load(iModel: IModelConnection, ids: readonly string[]): Promise<void> {
    const elements = (await iModel.elements.getProps(ids.slice(0, mostShown))) as GeometricElement3dProps[];
    await Promise.all(elements.map(async ({ id, model }) => this._add(iModel, id, model)));
  }

  /** The graphics moved by a vector. The caller draws and does not dispose them. */
  public at(by: Vector3d): RenderGraphic | undefined {
    if (this._owners.length === 0) return undefined;
    const branch = new GraphicBranch(false);
    for (const owner of this._owners) branch.add(owner);
    return IModelApp.renderSystem.createGraphicBranch(branch, Transform.createTranslation(by));
  }

  public dispose(): void {
    this._isDisposed = true;
    for (const owner of this._owners) owner.disposeGraphic();
    this._owners.length = 0;
  }

  private async _add(iModel: IModelConnection, elementId: string | undefined, modelId: string): Promise<void> {
    if (elementId === undefined) return;
    const bytes = await IModelApp.tileAdmin.requestElementGraphics(iModel, { id: `preview-${requests++}`, elementId, toleranceLog10: -2 });
    const graphic = bytes && (await readElementGraphics(bytes, iModel, modelId, true, false));
    if (!graphic) return;
    if (this._isDisposed) graphic[Symbol.dispose]();
    else this._owners.push(IModelApp.renderSystem.createGraphicOwner(graphic));
  }
}
