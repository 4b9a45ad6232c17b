import { type ConnectionStateChange, LiveConnection } from "itwin-orleans-live-client";
import { accessToken } from "../api/accessToken";
import { connection as httpConnection } from "../api/connection";
import { backendOrigin } from "../config";
import { Signal } from "../shared/signal";

/** This page's connection to the hub; started when the first live iModel is opened. */
export const liveConnection = new LiveConnection(backendOrigin, { accessToken: () => accessToken.value });

/** What became of it; undefined until it is started. */
export const liveConnectionState = new Signal<ConnectionStateChange | undefined>(undefined);

let started: Promise<void> | undefined;

/** Whether calls over IPC have somebody to answer them. */
export function isLiveStarted(): boolean {
  return started !== undefined;
}

/** Connects once per page. Throws what the server says if it refuses. */
export async function startLive(): Promise<void> {
  started ??= start();
  return started;
}

async function start(): Promise<void> {
  liveConnection.onStateChanged.addListener((change) => {
    liveConnectionState.value = change;
    // Requests over HTTP notice only when they are made that the server was lost, or is back.
    if (change.state === "connected") httpConnection.value = "ok";
    else if (change.state === "reconnecting") httpConnection.value = "lost";
  });
  await liveConnection.start();
}

/** Waits until it is connected, with everything open again. */
export async function liveReady(): Promise<undefined> {
  if (liveConnection.state === "connected") return;
  await new Promise<void>((resolve) => {
    const stop = liveConnection.onStateChanged.addListener(({ state }) => {
      if (state !== "connected") return;
      stop();
      resolve();
    });
  });
}
