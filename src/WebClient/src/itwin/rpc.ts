import {
  BentleyCloudRpcManager, BentleyCloudRpcProtocol, IModelReadRpcInterface, IModelTileRpcInterface, SnapshotIModelRpcInterface, WebAppRpcRequest,
} from "@itwin/core-common";
import { ECSchemaRpcInterface } from "@itwin/ecschema-rpcinterface-common";
import { resilientFetch } from "../api/connection";
import { backendOrigin, rpcInfo } from "../config";

/** RPC requests that wait out a server restart instead of failing; see `resilientFetch`. */
class ResilientRpcRequest extends WebAppRpcRequest {
  protected override supplyFetch(): typeof fetch {
    return resilientFetch;
  }
}

abstract class ResilientRpcProtocol extends BentleyCloudRpcProtocol {
  public override readonly requestType = ResilientRpcRequest;
}

/** Points the RPC interfaces that a viewer uses at the server. */
export function initializeRpc(): void {
  BentleyCloudRpcManager.initializeClient(
    { info: rpcInfo, uriPrefix: backendOrigin, protocol: ResilientRpcProtocol },
    [IModelReadRpcInterface, IModelTileRpcInterface, SnapshotIModelRpcInterface, ECSchemaRpcInterface],
  );
}
