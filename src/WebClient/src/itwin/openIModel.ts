import { IModelReadRpcInterface, IModelVersion, SnapshotIModelRpcInterface } from "@itwin/core-common";
import { BriefcaseConnection, CheckpointConnection, type IModelConnection, SnapshotConnection, type ViewState } from "@itwin/core-frontend";
import { isLiveIModel } from "../api/imodels";
import { liveConnection, liveReady, startLive } from "../live/connection";
import { LiveDocument } from "../live/liveDocument";
import { me } from "../live/me";
import { Disposables } from "../shared/disposables";
import { HttpError } from "../shared/errors";
import { reopenWhenNotFound } from "./reopen";
import { startViewer } from "./startup";
import { initialView } from "./views";

export interface OpenIModel {
  key: string;
  connection: IModelConnection;
  view: ViewState;
  /** Of an iModel that people may change: who else is there, and what they do. */
  live?: LiveDocument;
  close: () => Promise<void>;
}

/**
 * Opens an iModel by its catalogue key, with the given saved view or its default one: live if the server says that it may be changed, else for reading.
 * `onStep` tells the index of the opening step that runs.
 */
export async function openIModel(key: string, viewId: string | undefined, onStep: (step: number) => void): Promise<OpenIModel> {
  const cleanups = new Disposables();
  try {
    onStep(0);
    const [isLive] = await Promise.all([isLiveIModel(key), startViewer()]);
    onStep(1);
    const live = isLive ? await openLive(key) : undefined;
    const connection = live?.connection ?? (await openSnapshot(key));
    cleanups.add(reopenWhenNotFound(connection, live ? liveReady : async () => SnapshotIModelRpcInterface.getClient().openRemote(key)));
    onStep(2);
    const view = await initialView(connection, viewId);
    return {
      key, connection, view, live,
      close: async () => {
        cleanups.dispose();
        // Other people may be using the same iModel: the server decides when to close its side.
        await connection.close();
        await live?.close();
      },
    };
  } catch (error) {
    cleanups.dispose();
    throw error;
  }
}

/** A fixed version that is open for reading. */
export interface OpenVersion {
  connection: IModelConnection;
  close: () => Promise<void>;
}

/** Opens one version of an iModel, which is what its changeset says. */
export async function openVersion(iTwinId: string, iModelId: string, changesetId: string): Promise<OpenVersion> {
  const connection = await CheckpointConnection.openRemote(iTwinId, iModelId, IModelVersion.asOfChangeSet(changesetId));
  const reopen = async (): Promise<undefined> => {
    await IModelReadRpcInterface.getClient().getConnectionProps({ iTwinId, iModelId, changeset: { id: changesetId } });
  };
  const stop = reopenWhenNotFound(connection, reopen);
  return {
    connection,
    close: async () => {
      stop();
      await connection.close();
    },
  };
}

/** Within an editing scope each commit draws the elements that it changed, instead of loading their model's tiles again. */
async function openLive(key: string): Promise<LiveDocument | undefined> {
  await startLive();
  const live = await liveConnection.open(key, me.value);
  if (!live.isWritable) {
    await live.close();
    return undefined;
  }
  const connection = await BriefcaseConnection.openFile({ fileName: key, key });
  await connection.enterEditingScope();
  return new LiveDocument(live, connection);
}

/** Opens by catalogue key. CheckpointConnection, which the deprecation names instead, addresses iModels of a hub by their ids. */
async function openSnapshot(key: string): Promise<SnapshotConnection> {
  try {
    return await SnapshotConnection.openRemote(key);
  } catch (error) {
    // RPC's "iModel not found" answer has no name, and reaches the caller as an error without a message.
    if (error instanceof Error && error.message === "") throw new HttpError(404, `The server has no iModel "${key}".`);
    throw error;
  }
}
