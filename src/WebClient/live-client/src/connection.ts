import type { Commit } from "./commit.js";
import type { ConnectionState, ConnectionStateChange } from "./connectionState.js";
import { HubLink, type HubLinkOptions } from "./hubLink.js";
import { IpcSocket } from "./ipcSocket.js";
import type { LiveEvent } from "./liveEvent.js";
import { type IModelTarget, LiveIModel } from "./liveIModel.js";
import { newOperationId } from "./operationId.js";
import type { PersonProps } from "./person.js";
import type { PresenceMessage } from "./presence.js";
import { Rest } from "./rest.js";
import type { LiveState } from "./state.js";

/** Options of a connection. */
export interface LiveConnectionOptions extends HubLinkOptions {
  /** Who opens iModels over IPC, where a frontend does not say so. Without an id of its own, undo ends with the page. */
  person?: PersonProps;
}

/** Options of `connect`. */
export interface ConnectOptions extends LiveConnectionOptions {
  /** Gives up waiting for the server. */
  signal?: AbortSignal;
}

/**
 * Connects to a server of live iModels.
 * @param url The server's address; the hub is at `/live` below it.
 * Throws LiveError if the server refuses the connection. A server that cannot be reached is waited for, until the signal aborts.
 */
export async function connect(url: string | URL, { signal, ...options }: ConnectOptions = {}): Promise<LiveConnection> {
  const connection = new LiveConnection(url, options);
  await connection.start(signal);
  return connection;
}

/** A connection to the server, for any number of live iModels. It comes back by itself after it was lost. */
export class LiveConnection {
  private readonly _person: PersonProps;
  private readonly _link: HubLink;
  private readonly _rest: Rest;
  private readonly _imodels = new Map<string, LiveIModel>();
  /** Opened because a frontend wanted it, not by the application. */
  private readonly _ofIpc = new Set<LiveIModel>();
  private readonly _ipc: IpcSocket;
  private readonly _stopListening: () => void;

  /** A connection that is not started yet: its IPC socket may be handed out before. Most applications call `connect`. */
  public constructor(url: string | URL, { person, ...options }: LiveConnectionOptions = {}) {
    const base = new URL(String(url).replace(/\/?$/, "/"));
    const link = new HubLink(new URL("live", base), options);
    link.on("commits", (key: string, commits: Commit[]) => this._imodels.get(key)?.receiveCommits(commits));
    link.on("reload", (key: string, message: LiveState & { reason: string }) => this._imodels.get(key)?.receiveReload(message));
    link.on("presence", (key: string, message: PresenceMessage) => this._imodels.get(key)?.receivePresence(message));
    // Owners move without anything to do here; the message must have a handler all the same.
    link.on("moved", () => undefined);
    this._link = link;
    this._person = person ?? { id: newOperationId(), name: "Somebody", color: "#5a6b7b" };
    this._rest = new Rest(base, options.accessToken);
    this._ipc = new IpcSocket(link, { open: async (file) => this._openForIpc(file), close: async (key) => this._closeForIpc(key) });
    link.onResume(async () => this._resume());
    this._stopListening = wakeWhenOnline(link);
  }

  /** Connects. Throws as `connect` does; the connection is of no use then. */
  public async start(signal?: AbortSignal): Promise<void> {
    await this._link.start(signal);
  }

  /** What became of the connection. */
  public get state(): ConnectionState {
    return this._link.state;
  }

  /** After each change of the state, and before each pause between attempts to connect. */
  public get onStateChanged(): LiveEvent<ConnectionStateChange> {
    return this._link.onStateChanged;
  }

  /** Opens a live iModel. One connection has an iModel open once. */
  public async open(target: IModelTarget, person: PersonProps): Promise<LiveIModel> {
    const imodel = await LiveIModel.open(this._link, this._rest, target, person);
    this._imodels.get(imodel.key)?.end(new Error(`The iModel "${imodel.key}" was opened again.`));
    this._imodels.set(imodel.key, imodel);
    return imodel;
  }

  /** The socket for `IpcApp.startup(socket, { iModelApp })` of an unmodified iTwin.js frontend. RPC stays on HTTP. */
  public ipcSocket(): IpcSocket {
    return this._ipc;
  }

  private async _resume(): Promise<void> {
    for (const [key, imodel] of this._imodels) {
      if (imodel.isClosed) this._imodels.delete(key);
      else await imodel.resume();
    }
    // Afterwards, so that the sessions have their people.
    await this._ipc.resume((key) => this._imodels.get(key));
  }

  /** A frontend says no more than a file's name; one that is not there is left for the server to refuse. */
  private async _openForIpc(file: string): Promise<LiveIModel | undefined> {
    const names = [file, file.replace(/^.*[/\\]/, "")];
    const known = names.flatMap((name) => this._imodels.get(name) ?? []).find(({ isClosed }) => !isClosed);
    if (known) return known;
    for (const name of names) {
      const imodel = await this.open(name, this._person).catch(() => undefined);
      if (!imodel) continue;
      this._ofIpc.add(imodel);
      return imodel;
    }
    return undefined;
  }

  private async _closeForIpc(key: string): Promise<void> {
    const imodel = this._imodels.get(key);
    if (imodel && this._ofIpc.delete(imodel)) await imodel.close();
  }

  /** Ends the connection and everything that is open by it. */
  public async close(): Promise<void> {
    this._stopListening();
    for (const imodel of this._imodels.values()) imodel.end(new Error("The connection was closed."));
    this._imodels.clear();
    await this._link.close();
  }
}

/** A browser knows when the network is back; Node does not. */
function wakeWhenOnline(link: HubLink): () => void {
  if (typeof window === "undefined") return () => undefined;
  const wake = (): void => link.wake();
  window.addEventListener("online", wake);
  return () => window.removeEventListener("online", wake);
}
