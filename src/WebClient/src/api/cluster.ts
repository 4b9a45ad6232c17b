import { getJson } from "./http";

export interface WorkerEntry {
  name: string;
  /** "starting", "ready", "restarting", "draining" or "stopped". */
  state: string;
  /** How often its process was started. */
  generation: number;
}

/** What a silo says of itself. */
export interface SiloLoad {
  memoryBytes: number;
  maxMemoryBytes: number;
  openIModels: number;
  maxOpenIModels: number;
  sessions: number;
  people: number;
  callsInFlight: number;
  callsPerSecond: number;
  workers: WorkerEntry[];
}

export interface SiloEntry {
  name: string;
  /** For operators only. */
  address?: string;
  /** "joining", "active", "shuttingDown", "stopping" or "dead". */
  status: string;
  since?: Date;
  /** Absent when it does not answer. */
  load?: SiloLoad;
}

export interface OpenIModelEntry {
  key: string;
  silo: string;
  worker: string;
  state: string;
  /** Its newest commit; absent when it is open for reading. */
  written?: { epoch: number; sequence: number };
  sessions: number;
  people: number;
  calls: number;
  /** Whether the silo serves it beside its owner, since many use this fixed version. */
  isReplica: boolean;
}

export interface Cluster {
  silos: SiloEntry[];
  iModels: OpenIModelEntry[];
  api: { name: string; memoryBytes: number; liveConnections: number; since?: Date };
}

/** The silos and what each has open, at this moment. */
export async function getCluster(signal?: AbortSignal): Promise<Cluster> {
  const body = record(await getJson("/api/cluster", signal));
  if (!Array.isArray(body.silos)) throw new Error("The server's answer about the cluster has no silos.");
  const api = record(body.api);
  return {
    silos: records(body.silos).map(parseSilo),
    iModels: records(body.iModels).map(parseIModel),
    api: { name: text(api.name), memoryBytes: number(api.memoryBytes), liveConnections: number(api.liveConnections), since: date(api.since) },
  };
}

type Json = Record<string, unknown>;

function parseSilo(silo: Json): SiloEntry {
  return {
    name: text(silo.name),
    address: text(silo.address) || undefined,
    status: text(silo.status),
    since: date(silo.since),
    load: silo.answers === true ? parseLoad(silo) : undefined,
  };
}

function parseLoad(silo: Json): SiloLoad {
  return {
    memoryBytes: number(silo.memoryBytes),
    maxMemoryBytes: number(silo.maxMemoryBytes),
    openIModels: number(silo.openIModels),
    maxOpenIModels: number(silo.maxOpenIModels),
    sessions: number(silo.sessions),
    people: number(silo.people),
    callsInFlight: number(silo.callsInFlight),
    callsPerSecond: number(silo.callsPerSecond),
    workers: records(silo.workers).map((worker) => ({ name: text(worker.name), state: text(worker.state), generation: number(worker.generation) })),
  };
}

function parseIModel(iModel: Json): OpenIModelEntry {
  return {
    key: text(iModel.key),
    silo: text(iModel.silo),
    worker: text(iModel.worker),
    state: text(iModel.state),
    written: typeof iModel.epoch === "number" ? { epoch: iModel.epoch, sequence: number(iModel.sequence) } : undefined,
    sessions: number(iModel.sessions),
    people: number(iModel.people),
    calls: number(iModel.callsInFlight) + number(iModel.callsQueued),
    isReplica: iModel.isReplica === true,
  };
}

const record = (value: unknown): Json => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {});
const records = (value: unknown): Json[] => (Array.isArray(value) ? value.map(record) : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const number = (value: unknown): number => (typeof value === "number" && Number.isFinite(value) ? value : 0);
const date = (value: unknown): Date | undefined => (typeof value === "string" && !Number.isNaN(Date.parse(value)) ? new Date(value) : undefined);
