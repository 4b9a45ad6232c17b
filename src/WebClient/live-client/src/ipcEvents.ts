import type { Commit } from "./commit.js";

/** One event: its channel and what its listeners get. */
export type IpcEvent = readonly [channel: string, method: string, ...values: unknown[]];

const txns = "itwin.itwinjs-core/txns";
const editingScope = "itwin.itwinjs-core/editing-scope";

/** The events by which iTwin.js's backend tells a frontend of a commit, in its order. The server sends them itself, but for commits of a lost connection. */
export function ipcEventsOf(key: string, commit: Commit, isInScope: boolean): IpcEvent[] {
  const channel = `${txns}/${key}`;
  return [
    [channel, "notifyCommit"],
    ...(isInScope && commit.geometry ? [[`${editingScope}/${key}`, "notifyGeometryChanged", commit.geometry] as const] : []),
    ...(commit.geometryGuids ? [[channel, "notifyGeometryGuidsChanged", commit.geometryGuids] as const] : []),
    ...(commit.elements ? [[channel, "notifyElementsChanged", commit.elements] as const] : []),
    ...(commit.models ? [[channel, "notifyModelsChanged", commit.models] as const] : []),
    [channel, "notifyCommitted", true, Date.parse(commit.time)],
  ];
}

/** The iModel that an event is of, and whether it is the last of its commit. */
export function commitEventOf(channel: string, method: unknown): { key: string; isLast: boolean } | undefined {
  const [prefix] = [`${txns}/`, `${editingScope}/`].filter((start) => channel.startsWith(start));
  if (prefix === undefined) return undefined;
  return { key: channel.slice(prefix.length), isLast: method === "notifyCommitted" || method === "notifyAfterUndoRedo" };
}
