import { type BeButtonEvent, BeButton, type DynamicsContext, EventHandled, IModelApp, LocateResponse, PrimitiveTool, type Viewport } from "@itwin/core-frontend";
import type { Point3d} from "@itwin/core-geometry";
import { type Vector3d } from "@itwin/core-geometry";
import { ElementPreview } from "./elementPreview";
import { dragPoint, surfacePoint } from "./pickPoint";

/** Shorter moves, in pixels, are clicks of a hand that shook. */
const shortestMove = 3;

/** Moves elements: drags them, or takes them with one click and puts them down with the next. */
export class MoveElementsTool extends PrimitiveTool {
  public static override toolId = "ItwinOrleans.MoveElements";
  public static override iconSpec = "";
  private _anchor?: Point3d;
  private _ids: readonly string[] = [];
  private _preview?: ElementPreview;

  /** @param _move Called with what is to be moved by how much. */
  public constructor(private readonly _move: (ids: readonly string[], by: Vector3d) => void) {
    super();
  }

  public override isCompatibleViewport(viewport: Viewport | undefined, isSelectedViewChange: boolean): boolean {
    return super.isCompatibleViewport(viewport, isSelectedViewChange) && viewport?.view.is3d() === true;
  }

  public override async onPostInstall(): Promise<void> {
    await super.onPostInstall();
    this.initLocateElements();
    this._prompt();
  }

  public override async onCleanup(): Promise<void> {
    this._drop();
    await super.onCleanup();
  }

  public override async onDataButtonDown(event: BeButtonEvent): Promise<EventHandled> {
    if (!event.viewport) return EventHandled.No;
    if (this._anchor) this._putDown(event);
    else await this._take(event);
    return EventHandled.Yes;
  }

  public override async onResetButtonUp(event: BeButtonEvent): Promise<EventHandled> {
    if (event.button !== BeButton.Reset) return EventHandled.No;
    if (this._anchor) this._drop();
    else await this.exitTool();
    return EventHandled.Yes;
  }

  public override onDynamicFrame(event: BeButtonEvent, context: DynamicsContext): void {
    const by = this._vectorTo(event);
    const graphic = by && this._preview?.at(by);
    if (graphic) context.addGraphic(graphic);
  }

  public override async onRestartTool(): Promise<void> {
    if (!(await new MoveElementsTool(this._move).run())) await this.exitTool();
  }

  private async _take(event: BeButtonEvent): Promise<void> {
    const viewport = event.viewport;
    if (!viewport) return;
    const hit = await IModelApp.locateManager.doLocate(new LocateResponse(), true, event.point, viewport, event.inputSource);
    if (!hit?.isElementHit) return;
    const { selectionSet } = this.iModel;
    if (!selectionSet.elements.has(hit.sourceId)) selectionSet.replace(hit.sourceId);
    this._ids = [...selectionSet.elements];
    this._anchor = surfacePoint(viewport, event.point);
    this._preview = new ElementPreview();
    this.beginDynamics();
    this._prompt();
    await this._preview.load(this.iModel, this._ids);
  }

  private _putDown(event: BeButtonEvent): void {
    const by = this._vectorTo(event);
    const [ids, viewport, anchor] = [this._ids, event.viewport, this._anchor];
    if (!by || !viewport || !anchor) return;
    const pixels = viewport.worldToView(anchor).distanceXY(viewport.worldToView(anchor.plus(by)));
    if (pixels < shortestMove) return;
    this._drop();
    this._move(ids, by);
  }

  private _vectorTo(event: BeButtonEvent): Vector3d | undefined {
    return this._anchor && event.viewport ? this._anchor.vectorTo(dragPoint(event.viewport, event.point, this._anchor)) : undefined;
  }

  private _drop(): void {
    this.endDynamics();
    this._preview?.dispose();
    this._preview = undefined;
    this._anchor = undefined;
    this._prompt();
  }

  private _prompt(): void {
    IModelApp.notifications.outputPrompt(this._anchor ? "Release or click where it goes. Right click cancels." : "Drag an element, or the selected ones. Esc ends.");
  }
}
