import type { HubLink } from "./hubLink.js";
import { decodeBinaries, encodeBinaries } from "./binaries.js";
import { IpcSession } from "./ipcSession.js";
import { LiveError } from "./liveError.js";

/** iTwin.js's types of the values that pass are `any`; listeners take what their channel has. */
export type IpcListener = (event: Event, ...values: never[]) => void;

/** The answer to a call, as iTwin.js's IPC has it. */
export type IpcAnswer = { result: unknown; error?: undefined } | { error: unknown; result?: undefined };

/**
 * The functions and events of an unmodified iTwin.js frontend over the hub: an `IpcSocketFrontend` for `IpcApp.startup`. After a lost connection it
 * opens again what the frontend has open; a call that may have changed something is not repeated, but fails.
 */
export class IpcSocket {
  private readonly _listeners = new Map<string, Set<IpcListener>>();
  private readonly _session: IpcSession;

  /** For the connection. */
  public constructor(private readonly _link: HubLink) {
    this._session = new IpcSession(async (channel, values) => _link.callOnce("IpcInvoke", [channel, values[0], values.slice(1).map(encodeBinaries)]));
    _link.on("ipc", (channel: string, values: unknown[]) => this._receive(channel, values));
    _link.onResume(async () => this._session.resume());
  }

  public readonly send = (channel: string, ...values: unknown[]): void => {
    this._link.send("IpcSend", channel, values.map(encodeBinaries));
  };

  public readonly invoke = async (channel: string, ...values: unknown[]): Promise<IpcAnswer> => {
    const [method, ...parameters] = values;
    const message = [channel, method, parameters.map(encodeBinaries)];
    try {
      await this._link.ready();
      const answer = this._session.isRepeatable(channel, method)
        ? await this._link.call<unknown>("IpcInvoke", message)
        : await this._link.callOnce<unknown>("IpcInvoke", message);
      const { result } = decodeBinaries(answer ?? {}) as { result?: unknown };
      this._session.done(channel, values, result);
      return { result };
    } catch (error) {
      return { error: error instanceof LiveError ? error.refusal : { name: "Error", message: (error as Error).message } };
    }
  };

  public readonly addListener = (channel: string, listener: IpcListener): (() => void) => {
    const listeners = this._listeners.get(channel) ?? new Set();
    this._listeners.set(channel, listeners.add(listener));
    return () => this.removeListener(channel, listener);
  };

  public readonly removeListener = (channel: string, listener: IpcListener): void => {
    this._listeners.get(channel)?.delete(listener);
  };

  private _receive(channel: string, values: unknown[]): void {
    const decoded = values.map(decodeBinaries) as never[];
    for (const listener of [...(this._listeners.get(channel) ?? [])]) listener(new Event(channel), ...decoded);
  }
}
