import {
  BentleyCloudRpcManager, DevToolsRpcInterface, type GeometricElement3dProps, IModelReadRpcInterface, IModelTileRpcInterface, SnapshotIModelRpcInterface,
} from "@itwin/core-common";
import { BriefcaseConnection, type GraphicalEditingScope, IModelApp, IpcApp, ScreenViewport } from "@itwin/core-frontend";
import { ITwinLocalization } from "@itwin/core-i18n";
import { ECSchemaRpcInterface } from "@itwin/ecschema-rpcinterface-common";
import { connect } from "../../../src/WebClient/live-client/src/index";
import { drawView, picture } from "./picture";

const editChannel = "itwin-orleans/edit";

/** An editing application of iTwin.js: all of it is core-frontend's own, but the socket and the channel for edits, which an application brings along. */
class EditingApp {
  public readonly events: string[] = [];
  private _scope?: GraphicalEditingScope;

  private constructor(private readonly _connection: BriefcaseConnection, private readonly _viewport: ScreenViewport) {
    const { txns } = _connection;
    txns.onCommit.addListener(() => this.events.push("commit"));
    txns.onElementsChanged.addListener(() => this.events.push("elementsChanged"));
    txns.onModelGeometryChanged.addListener(() => this.events.push("modelGeometryChanged"));
    txns.onChangesApplied.addListener(() => this.events.push("changesApplied"));
    txns.onCommitted.addListener((hasPendingTxns) => this.events.push(`committed ${hasPendingTxns}`));
    txns.onBeforeUndoRedo.addListener((isUndo) => this.events.push(`before ${isUndo ? "undo" : "redo"}`));
    txns.onAfterUndoRedo.addListener((isUndo) => this.events.push(`after ${isUndo ? "undo" : "redo"}`));
  }

  /** Opens the briefcase of a file name and draws its default view. */
  public static async open(backend: string, fileName: string): Promise<EditingApp> {
    BentleyCloudRpcManager.initializeClient(
      { info: { title: "unmodified-frontend", version: "v1.0" }, uriPrefix: backend },
      [IModelReadRpcInterface, IModelTileRpcInterface, SnapshotIModelRpcInterface, DevToolsRpcInterface, ECSchemaRpcInterface],
    );
    const live = await connect(backend);
    await IpcApp.startup(live.ipcSocket(), {
      iModelApp: {
        applicationId: "unmodified-frontend",
        applicationVersion: "1.0",
        localization: new ITwinLocalization({ urlTemplate: "locales/{{lng}}/{{ns}}.json", initOptions: { lng: "en", supportedLngs: ["en"] } }),
      },
    });
    const connection = await BriefcaseConnection.openFile({ fileName });
    const view = await connection.views.load(await connection.views.queryDefaultViewId());
    const viewport = ScreenViewport.create(document.getElementById("view") as HTMLDivElement, view);
    IModelApp.viewManager.addViewport(viewport);
    return new EditingApp(connection, viewport);
  }

  public async enterScope(): Promise<void> {
    this._scope = await this._connection.enterEditingScope();
    this._scope.onGeometryChanges.addListener(() => this.events.push("geometryChanges"));
  }

  public async exitScope(): Promise<void> {
    await this._scope?.exit();
  }

  /** Inserts a sphere of 8 m; gives its id. */
  public async insert(label: string, x: number, y: number): Promise<string> {
    return IpcApp.callIpcChannel(editChannel, "insertElement", this._connection.key, {
      classFullName: "Generic:PhysicalObject", model: "0x1e", category: "0x17", code: { spec: "0x1", scope: "0x1", value: "" }, userLabel: label,
      placement: { origin: [x, y, 4], angles: {} },
      geom: [{ header: { flags: 0 } }, { sphere: { center: [0, 0, 0], radius: 8 } }],
    }) as Promise<string>;
  }

  public async move(id: string, x: number, y: number): Promise<void> {
    const [props] = (await this._connection.elements.getProps(id)) as GeometricElement3dProps[];
    await IpcApp.callIpcChannel(editChannel, "updateElement", this._connection.key, { id, placement: { ...props?.placement, origin: [x, y, 4] } });
  }

  public async remove(id: string): Promise<void> {
    await IpcApp.callIpcChannel(editChannel, "deleteElement", this._connection.key, id);
  }

  public async save(description: string): Promise<void> {
    await this._connection.saveChanges(description);
  }

  public async abandon(): Promise<void> {
    await this._connection.abandonChanges();
  }

  public async undo(): Promise<number> {
    return this._connection.txns.reverseSingleTxn();
  }

  public async redo(): Promise<number> {
    return this._connection.txns.reinstateTxn();
  }

  /** The labels of elements that begin so. */
  public async labels(start: string): Promise<string[]> {
    const reader = this._connection.createQueryReader(`SELECT UserLabel FROM bis.Element WHERE UserLabel LIKE '${start}%' ORDER BY 1`);
    return (await reader.toArray()).map(([label]: unknown[]) => label as string);
  }

  /** The drawn view as a PNG data URL. */
  public async picture(): Promise<string> {
    this._viewport.invalidateScene();
    await drawView(this._viewport);
    return picture(this._viewport);
  }

  /** What happened since it was asked last. */
  public takeEvents(): string[] {
    return this.events.splice(0);
  }
}

declare global {
  interface Window {
    app?: EditingApp;
    failure?: string;
  }
}

const parameters = new URLSearchParams(window.location.search);
EditingApp.open(parameters.get("backend") ?? window.location.origin, parameters.get("file") ?? "").then(
  (app) => (window.app = app),
  (error: unknown) => (window.failure = error instanceof Error ? `${error.name}: ${error.message}\n${error.stack}` : String(error)),
);
