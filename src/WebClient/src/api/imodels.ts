import { getJson } from "./http";

export type Vector = readonly [x: number, y: number, z: number];

export interface Extents {
  low: Vector;
  high: Vector;
}

const states = ["unread", "invalid", "closed", "opening", "open", "closing"] as const;

/** What the server does with an iModel; "unread" is a file that it has not looked into yet. */
export type IModelState = (typeof states)[number];

/** One iModel as the server's catalogue knows it. */
export interface IModelEntry {
  key: string;
  name: string;
  iModelId?: string;
  iTwinId?: string;
  changeset?: { id: string; index: number };
  sizeBytes?: number;
  /** Project extents in metres; absent until the server has read them. */
  extents?: Extents;
  /** When the file was last changed. */
  modified?: Date;
  state: IModelState;
  /** Why it cannot be opened, when `state` is "invalid". */
  reason?: string;
  sessions: number;
  /** Many people may change it at once. */
  isLive: boolean;
}

/** The catalogue, in the server's order. */
export async function listIModels(signal?: AbortSignal): Promise<IModelEntry[]> {
  const body = await getJson("/api/imodels", signal);
  const items = Array.isArray(body) ? body : isRecord(body) && Array.isArray(body.items) ? body.items : undefined;
  if (!items) throw new Error("The server's list of iModels is not an array.");
  return items.map(parseEntry);
}

/** Whether the server says of an iModel that it is live. A server that has no catalogue has none. */
export async function isLiveIModel(key: string): Promise<boolean> {
  try {
    return parseEntry(await getJson(`/api/imodels/${key.split("/").map(encodeURIComponent).join("/")}`)).isLive;
  } catch {
    return false;
  }
}

type Json = Record<string, unknown>;

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseEntry(value: unknown): IModelEntry {
  if (!isRecord(value) || typeof value.key !== "string") throw new Error("An entry of the server's list of iModels has no key.");
  const changeset = isRecord(value.changeset) ? value.changeset : undefined;
  return {
    key: value.key,
    name: text(value.name) ?? value.key,
    iModelId: text(value.iModelId),
    iTwinId: text(value.iTwinId),
    changeset: changeset && { id: text(changeset.id) ?? "", index: number(changeset.index) ?? 0 },
    sizeBytes: number(value.sizeBytes),
    extents: parseExtents(value.extents),
    modified: date(value.modified),
    state: states.find((state) => state === value.state) ?? "closed",
    reason: text(value.reason),
    sessions: number(value.sessions) ?? 0,
    isLive: value.writable === true,
  };
}

function parseExtents(value: unknown): Extents | undefined {
  if (!isRecord(value)) return undefined;
  const low = vector(value.low);
  const high = vector(value.high);
  return low && high && low.every((coordinate, axis) => coordinate <= (high[axis] ?? -Infinity)) ? { low, high } : undefined;
}

/** `[x, y, z]` or `{x, y, z}`, as iTwin.js's XYZProps. */
function vector(value: unknown): Vector | undefined {
  const [x, y, z] = Array.isArray(value) ? (value as unknown[]) : isRecord(value) ? [value.x, value.y, value.z] : [];
  return [x, y, z].every((coordinate) => typeof coordinate === "number" && Number.isFinite(coordinate))
    ? [x as number, y as number, z as number]
    : undefined;
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
const date = (value: unknown): Date | undefined => (typeof value === "string" && !Number.isNaN(Date.parse(value)) ? new Date(value) : undefined);
const number = (value: unknown): number | undefined => (typeof value === "number" && Number.isFinite(value) ? value : undefined);
