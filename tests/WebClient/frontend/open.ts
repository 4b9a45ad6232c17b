import {
  BentleyCloudRpcManager, DevToolsRpcInterface, IModelReadRpcInterface, IModelTileRpcInterface, SnapshotIModelRpcInterface,
} from "@itwin/core-common";
import { CheckpointConnection, type FrontendHubAccess, IModelApp, type IModelConnection, SnapshotConnection } from "@itwin/core-frontend";
import { ITwinLocalization } from "@itwin/core-i18n";
import { ECSchemaRpcInterface } from "@itwin/ecschema-rpcinterface-common";

/**
 * Starts iTwin.js as any application does and opens the iModel of the page's parameters:
 * `backend` (RPC URI prefix), `mode` = `snapshot` with `key`, or `checkpoint` with `iTwinId`, `iModelId` and `changeset`.
 */
export async function openIModel(parameters: URLSearchParams): Promise<IModelConnection> {
  BentleyCloudRpcManager.initializeClient(
    { info: { title: "unmodified-frontend", version: "v1.0" }, uriPrefix: parameters.get("backend") ?? window.location.origin },
    [IModelReadRpcInterface, IModelTileRpcInterface, SnapshotIModelRpcInterface, DevToolsRpcInterface, ECSchemaRpcInterface],
  );
  await IModelApp.startup({
    applicationId: "unmodified-frontend",
    applicationVersion: "1.0",
    hubAccess: hubAccess(parameters),
    localization: new ITwinLocalization({ urlTemplate: "locales/{{lng}}/{{ns}}.json", initOptions: { lng: "en", supportedLngs: ["en"] } }),
  });
  return parameters.get("mode") === "checkpoint"
    ? CheckpointConnection.openRemote(required(parameters, "iTwinId"), required(parameters, "iModelId"))
    : SnapshotConnection.openRemote(required(parameters, "key"));
}

/** A hub whose every iModel has one version: that of the page's parameters. */
function hubAccess(parameters: URLSearchParams): FrontendHubAccess {
  const changeset = { id: parameters.get("changeset") ?? "", index: 0 };
  return {
    getLatestChangeset: async () => Promise.resolve(changeset),
    getChangesetFromVersion: async () => Promise.resolve(changeset),
    getChangesetFromNamedVersion: async () => Promise.resolve(changeset),
  };
}

function required(parameters: URLSearchParams, name: string): string {
  const value = parameters.get(name);
  if (!value) throw new Error(`The page needs the parameter ${name}.`);
  return value;
}
