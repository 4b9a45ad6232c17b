import { IpcApp } from "@itwin/core-frontend";
import { ITwinLocalization } from "@itwin/core-i18n";
import { authorization } from "../api/accessToken";
import { itwinAssets } from "../config";
import { PageSocket } from "../live/pageSocket";
import { ViewerNotifications } from "./notifications";
import { initializeRpc } from "./rpc";
import { VersionHub } from "./VersionHub";

let started: Promise<void> | undefined;

/** Starts `IpcApp` once per page. A failure (no WebGL 2, say) is not remembered, so that the caller may try again. */
export async function startViewer(): Promise<void> {
  started ??= start().catch((error: unknown) => {
    started = undefined;
    throw error;
  });
  return started;
}

async function start(): Promise<void> {
  const assets = new URL(itwinAssets, document.baseURI).href;
  initializeRpc();
  await IpcApp.startup(new PageSocket(), {
    iModelApp: {
      applicationId: "itwin-orleans-viewer",
      applicationVersion: "0.1.0",
      publicPath: assets,
      notifications: new ViewerNotifications(),
      authorizationClient: { getAccessToken: async () => Promise.resolve(authorization()) },
      hubAccess: new VersionHub(),
      localization: new ITwinLocalization({
        urlTemplate: `${assets}locales/{{lng}}/{{ns}}.json`,
        initOptions: { lng: "en", fallbackLng: "en", supportedLngs: ["en"] },
      }),
    },
  });
}
