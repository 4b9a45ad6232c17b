import { ColorDef } from "@itwin/core-common";
import { type BeButtonEvent, BeButton, type DynamicsContext, EventHandled, IModelApp, PrimitiveTool, type Viewport } from "@itwin/core-frontend";
import { type Point3d, Transform } from "@itwin/core-geometry";
import { editSettings } from "./editSettings";
import { surfacePoint } from "./pickPoint";
import { createShape, shapeLabel } from "./shapes";

/** Places the chosen shape with a click, as often as wanted; shows before what it will be. */
export class PlaceShapeTool extends PrimitiveTool {
  public static override toolId = "ItwinOrleans.PlaceShape";
  public static override iconSpec = "";

  /** @param _place Called with the point that was clicked. */
  public constructor(private readonly _place: (at: Point3d) => void) {
    super();
  }

  public override isCompatibleViewport(viewport: Viewport | undefined, isSelectedViewChange: boolean): boolean {
    return super.isCompatibleViewport(viewport, isSelectedViewChange) && viewport?.view.is3d() === true;
  }

  public override async onPostInstall(): Promise<void> {
    await super.onPostInstall();
    this.beginDynamics();
    IModelApp.notifications.outputPrompt(`Click where the ${shapeLabel(editSettings.value.kind).toLowerCase()} stands. Esc ends.`);
  }

  public override async onDataButtonDown(event: BeButtonEvent): Promise<EventHandled> {
    if (event.viewport) this._place(surfacePoint(event.viewport, event.point));
    return Promise.resolve(EventHandled.Yes);
  }

  public override async onResetButtonUp(event: BeButtonEvent): Promise<EventHandled> {
    if (event.button !== BeButton.Reset) return EventHandled.No;
    await this.exitTool();
    return EventHandled.Yes;
  }

  public override onDynamicFrame(event: BeButtonEvent, context: DynamicsContext): void {
    const { kind, size } = editSettings.value;
    const shape = createShape(kind, size);
    if (!event.viewport || !shape) return;
    const at = surfacePoint(event.viewport, event.point);
    const builder = context.createSceneGraphicBuilder(Transform.createTranslation(at));
    const color = ColorDef.create("#0a7dd6");
    builder.setSymbology(color, color.withTransparency(110), 2);
    builder.addSolidPrimitive(shape);
    context.addGraphic(builder.finish());
  }

  public override async onRestartTool(): Promise<void> {
    if (!(await new PlaceShapeTool(this._place).run())) await this.exitTool();
  }
}
