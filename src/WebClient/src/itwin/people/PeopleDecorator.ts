import { ColorDef } from "@itwin/core-common";
import { type DecorateContext, type Decorator, GraphicType, type ScreenViewport } from "@itwin/core-frontend";
import { Point3d } from "@itwin/core-geometry";
import type { Person } from "itwin-orleans-live-client";
import { drawCursor, drawNameTag } from "./personMarks";
import { SelectionBoxes, topOf } from "./selectionBoxes";

/** Draws the other people into the view: their cursors, and boxes in their colour around what they have selected. */
export class PeopleDecorator implements Decorator {
  private readonly _boxes: SelectionBoxes;
  private _people: readonly Person[] = [];

  public constructor(private readonly _viewport: ScreenViewport) {
    this._boxes = new SelectionBoxes(_viewport.iModel, () => _viewport.invalidateDecorations());
  }

  public set people(people: readonly Person[]) {
    this._people = people;
    this._viewport.invalidateDecorations();
  }

  /** After a commit: boxes may be elsewhere. */
  public elementsChanged(): void {
    this._boxes.forget();
    this._viewport.invalidateDecorations();
  }

  public decorate(context: DecorateContext): void {
    if (context.viewport !== this._viewport || !this._viewport.view.is3d()) return;
    for (const person of this._people) {
      this._drawSelection(context, person);
      this._drawCursor(context, person);
    }
  }

  private _drawSelection(context: DecorateContext, { selection = [], color, user }: Person): void {
    const boxes = this._boxes.of(selection);
    for (const { local, toWorld } of boxes) {
      const builder = context.createGraphic({ type: GraphicType.WorldOverlay, placement: toWorld });
      builder.setSymbology(ColorDef.create(color), ColorDef.create(color), 3);
      builder.addRangeBox(local);
      context.addDecorationFromBuilder(builder);
    }
    const [first] = boxes;
    if (!first) return;
    context.addCanvasDecoration({ position: this._viewport.worldToView(topOf(first)), drawDecoration: (canvas) => drawNameTag(canvas, user.name, color) });
  }

  private _drawCursor(context: DecorateContext, { cursor, color, user }: Person): void {
    if (!cursor) return;
    const position = this._viewport.worldToView(Point3d.create(...cursor));
    context.addCanvasDecoration({ position, drawDecoration: (canvas) => drawCursor(canvas, user.name, color) }, true);
  }
}
