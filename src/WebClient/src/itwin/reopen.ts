import {
  type IModelConnectionProps, type IModelRpcProps, type RpcRequest, type RpcRequestNotFoundHandler, RpcRequest as Requests,
} from "@itwin/core-common";
import type { IModelConnection } from "@itwin/core-frontend";
import { Signal } from "../shared/signal";
import { notify } from "./notifications";

/** True while an iModel that the server no longer holds open is being opened again. */
export const reopening = new Signal(false);

const attemptsPerRequest = 4;

/**
 * Does for any iModel what `CheckpointConnection` does for checkpoints by itself: when the server answers that it does not hold the iModel
 * open (it was restarted, or closed the iModel to save memory), opens it again and repeats the request. Returns the un-subscriber.
 * @param reopen Opens it; answers its props if they tell whether it is still the same.
 */
export function reopenWhenNotFound(connection: IModelConnection, reopen: () => Promise<IModelConnectionProps | undefined>): () => void {
  const attempts = new WeakMap<RpcRequest, number>();
  let running: Promise<unknown> | undefined;

  const handler: RpcRequestNotFoundHandler = (request, response, resubmit, reject) => {
    const attempt = (attempts.get(request) ?? 0) + 1;
    attempts.set(request, attempt);
    const isOurs = "isIModelNotFoundResponse" in response && tokenOf(request)?.key === connection.key;
    if (!isOurs || attempt > attemptsPerRequest) {
      reject();
      return;
    }
    reopening.value = true;
    // Requests that failed together share one reopen.
    running ??= reopen().then((found) => warnIfReplaced(connection, found)).finally(() => {
      running = undefined;
      reopening.value = false;
    });
    running.then(resubmit, (error: unknown) => reject(error));
  };

  Requests.notFoundHandlers.addListener(handler);
  return () => Requests.notFoundHandlers.removeListener(handler);
}

/** The file behind the key may have been replaced while it was closed; what is on the screen is then of another iModel or version. */
function warnIfReplaced(connection: IModelConnection, found: IModelConnectionProps | undefined): void {
  if (!found) return;
  if (found.iModelId === connection.iModelId && found.changeset?.id === connection.changeset.id) return;
  notify({ severity: "warning", text: "The iModel was replaced on the server. Reload the page to see the new one." });
}

function tokenOf(request: RpcRequest): Partial<IModelRpcProps> | undefined {
  const token: unknown = request.parameters[0];
  return typeof token === "object" && token !== null ? token : undefined;
}
