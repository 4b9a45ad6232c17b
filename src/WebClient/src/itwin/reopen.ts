import { type IModelRpcProps, type RpcRequest, type RpcRequestNotFoundHandler, RpcRequest as Requests, SnapshotIModelRpcInterface } from "@itwin/core-common";
import { Signal } from "../shared/signal";

/** True while an iModel that the server no longer holds open is being opened again. */
export const reopening = new Signal(false);

const attemptsPerRequest = 4;

/**
 * Does for snapshots what `CheckpointConnection` does for checkpoints by itself: when the server answers that it does not hold the iModel
 * open (it was restarted, or closed the iModel to save memory), opens it again and repeats the request. Returns the un-subscriber.
 */
export function reopenWhenNotFound(key: string): () => void {
  const attempts = new WeakMap<RpcRequest, number>();
  let running: Promise<unknown> | undefined;

  const handler: RpcRequestNotFoundHandler = (request, response, resubmit, reject) => {
    const attempt = (attempts.get(request) ?? 0) + 1;
    attempts.set(request, attempt);
    const isOurs = "isIModelNotFoundResponse" in response && tokenOf(request)?.key === key;
    if (!isOurs || attempt > attemptsPerRequest) {
      reject();
      return;
    }
    reopening.value = true;
    // Requests that failed together share one reopen.
    running ??= SnapshotIModelRpcInterface.getClient().openRemote(key).finally(() => {
      running = undefined;
      reopening.value = false;
    });
    running.then(resubmit, (error: unknown) => reject(error));
  };

  Requests.notFoundHandlers.addListener(handler);
  return () => Requests.notFoundHandlers.removeListener(handler);
}

function tokenOf(request: RpcRequest): Partial<IModelRpcProps> | undefined {
  const token: unknown = request.parameters[0];
  return typeof token === "object" && token !== null ? token : undefined;
}
