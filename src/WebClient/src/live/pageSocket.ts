import { IModelReadRpcInterface } from "@itwin/core-common";
import type { IpcAnswer, IpcListener } from "itwin-orleans-live-client";
import { isLiveStarted, liveConnection } from "./connection";

const functions = "itwin.itwinjs-core/ipc-app";

/**
 * The IPC socket of this page. Live iModels use the hub's; a page that only views must work without a hub, so the few functions that a viewer
 * calls are answered here: the number of parallel requests, and fixed versions, which are opened over RPC as in an application without IPC.
 */
export class PageSocket {
  private readonly _hub = liveConnection.ipcSocket();
  private readonly _checkpoints = new Set<string>();

  public readonly send = this._hub.send;
  public readonly removeListener = this._hub.removeListener;

  public readonly addListener = (channel: string, listener: IpcListener): (() => void) => this._hub.addListener(channel, listener);

  public readonly invoke = async (channel: string, ...values: unknown[]): Promise<IpcAnswer> => {
    const [method, argument] = values;
    if (channel === functions) {
      if (method === "queryConcurrency") return { result: navigator.hardwareConcurrency };
      if (method === "openCheckpoint") return this._openCheckpoint(argument);
      if (method === "closeIModel" && this._checkpoints.delete(argument as string)) return { result: undefined };
    }
    return isLiveStarted() ? this._hub.invoke(channel, ...values) : { result: undefined };
  };

  private async _openCheckpoint(token: unknown): Promise<IpcAnswer> {
    try {
      const props = await IModelReadRpcInterface.getClient().getConnectionProps(token as Parameters<IModelReadRpcInterface["getConnectionProps"]>[0]);
      this._checkpoints.add(props.key);
      return { result: props };
    } catch (error) {
      return { error };
    }
  }
}
