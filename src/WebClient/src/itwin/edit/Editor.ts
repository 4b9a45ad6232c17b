import { IModelApp, type ScreenViewport } from "@itwin/core-frontend";
import type { Point3d, Vector3d } from "@itwin/core-geometry";
import type { LiveState } from "itwin-orleans-live-client";
import { type Edit, type LiveDocument } from "../../live/liveDocument";
import { describeRefusal } from "../../live/refusals";
import { notify } from "../notifications";
import { changeEditSettings, editSettings } from "./editSettings";
import { deleteElements, insertShape, moveBy, moveTo, rename } from "./edits";
import { MoveElementsTool } from "./MoveElementsTool";
import { PlaceShapeTool } from "./PlaceShapeTool";
import { createShape, type ShapeKind, shapeLabel } from "./shapes";

/** What a person can do with a live iModel in a viewport. What is refused is said in a message that offers what helps. */
export class Editor {
  public constructor(public readonly document: LiveDocument, private readonly _viewport: ScreenViewport, private readonly _onShowHistory: () => void) {}

  /** Starts the tool that places shapes. */
  public async startPlacing(kind: ShapeKind): Promise<void> {
    changeEditSettings({ kind });
    await IModelApp.viewManager.setSelectedView(this._viewport);
    await new PlaceShapeTool((at) => void this._place(at)).run();
  }

  /** Starts the tool that moves elements. */
  public async startMoving(): Promise<void> {
    await IModelApp.viewManager.setSelectedView(this._viewport);
    const seen = (): LiveState => this.document.state;
    await new MoveElementsTool((ids, by) => void this._moveBy(ids, by, seen())).run();
  }

  public async deleteSelection(): Promise<void> {
    const ids = [...this.document.connection.selectionSet.elements];
    if (ids.length > 0) await this._run("Delete", async () => deleteElements(this.document.connection, ids, this.document.state));
  }

  /** @param base The state in which the label was read. */
  public async rename(id: string, label: string, base: LiveState): Promise<void> {
    await this._run("Rename", async () => rename(this.document.connection, id, label, base));
  }

  /** @param base The state in which the place was read. */
  public async moveTo(id: string, origin: Point3d, base: LiveState): Promise<void> {
    await this._run("Move", async () => moveTo(this.document.connection, id, origin, base));
  }

  public async undo(): Promise<void> {
    await this._try(`Undo ${this.document.undoText.value ?? ""}`.trim(), async () => this.document.undo());
  }

  public async redo(): Promise<void> {
    await this._try(`Redo ${this.document.redoText.value ?? ""}`.trim(), async () => this.document.redo());
  }

  private async _place(at: Point3d): Promise<void> {
    const { kind, size, modelId, categoryId } = editSettings.value;
    const solid = createShape(kind, size);
    if (!solid || !modelId || !categoryId) {
      notify({ severity: "warning", text: "Choose a model and a category for new elements, and dimensions above zero." });
      return;
    }
    await this._run("Insert", async () => Promise.resolve(insertShape(shapeLabel(kind), solid, at, modelId, categoryId)));
  }

  private async _moveBy(ids: readonly string[], by: Vector3d, base: LiveState): Promise<void> {
    await this._run("Move", async () => moveBy(this.document.connection, ids, by, base));
  }

  private async _run(what: string, make: () => Promise<Edit>): Promise<void> {
    let edit: Edit | undefined;
    await this._try(what, async () => {
      edit = await make();
      if (edit.operations.length > 0) await this.document.apply(edit);
    }, () => edit);
  }

  private async _try(what: string, work: () => Promise<void>, edit: () => Edit | undefined = () => undefined): Promise<void> {
    try {
      await work();
    } catch (error) {
      const tried = edit();
      const { title, detail, remedy } = describeRefusal(tried?.description ?? what, error);
      const action = {
        none: undefined,
        showHistory: { label: "Show the history", run: this._onShowHistory },
        tryAgain: { label: "Try again", run: () => void this._try(what, work, edit) },
        applyAnyway: tried && { label: "Apply anyway", run: () => void this._run(what, async () => Promise.resolve({ ...tried, base: undefined })) },
      }[remedy];
      notify({ severity: "negative", text: title, detail, action });
    }
  }
}
