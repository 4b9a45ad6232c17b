import { type IModelConnection, SnapshotConnection, type ViewState } from "@itwin/core-frontend";
import { Disposables } from "../shared/disposables";
import { HttpError } from "../shared/errors";
import { reopenWhenNotFound } from "./reopen";
import { startViewer } from "./startup";
import { initialView } from "./views";

export interface OpenIModel {
  key: string;
  connection: IModelConnection;
  view: ViewState;
  close: () => Promise<void>;
}

/** Opens an iModel by its catalogue key, with the given saved view or its default one. `onStep` tells the index of the opening step that runs. */
export async function openIModel(key: string, viewId: string | undefined, onStep: (step: number) => void): Promise<OpenIModel> {
  const cleanups = new Disposables();
  try {
    onStep(0);
    await startViewer();
    onStep(1);
    const connection = await openSnapshot(key);
    cleanups.add(reopenWhenNotFound(key, connection));
    onStep(2);
    const view = await initialView(connection, viewId);
    return {
      key, connection, view,
      close: async () => {
        cleanups.dispose();
        // Other people may be using the same iModel: the server decides when to close its side.
        await connection.close();
      },
    };
  } catch (error) {
    cleanups.dispose();
    throw error;
  }
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
