import { decodeBinaries, encodeBinaries } from "./binaries.js";
import type { HubLink } from "./hubLink.js";
import { commitEventOf, ipcEventsOf } from "./ipcEvents.js";
import { type IpcIModel, IpcSession } from "./ipcSession.js";
import { LiveError } from "./liveError.js";
import type { LiveIModel } from "./liveIModel.js";
import type { LiveState } from "./state.js";

/** iTwin.js's types of the values that pass are `any`; listeners take what their channel has. */
export type IpcListener = (event: Event, ...values: never[]) => void;

/** The answer to a call, as iTwin.js's IPC has it. */
export type IpcAnswer = { result: unknown; error?: undefined } | { error: unknown; result?: undefined };

/** The iModels of the connection. */
interface IModels {
  /** Opens one by its file, if that did not happen yet, so that its people see who the frontend is and its feed can be read. */
  open(file: string): Promise<LiveIModel | undefined>;
  /** Closes one that was opened so. */
  close(key: string): Promise<void>;
}

/**
 * The functions and events of an unmodified iTwin.js frontend over the hub: an `IpcSocketFrontend` for `IpcApp.startup`. After a lost connection it
 * opens again what the frontend has open, and tells it of the commits that it missed. A call that may have changed something is not repeated, but fails.
 */
export class IpcSocket {
  private readonly _listeners = new Map<string, Set<IpcListener>>();
  private readonly _session = new IpcSession();

  /** For the connection. */
  public constructor(private readonly _link: HubLink, private readonly _connected: IModels) {
    _link.on("ipc", (channel: string, values: unknown[]) => this._receive(channel, values));
  }

  public readonly send = (channel: string, ...values: unknown[]): void => {
    this._link.send("IpcSend", channel, values.map(encodeBinaries));
  };

  public readonly invoke = async (channel: string, ...values: unknown[]): Promise<IpcAnswer> => {
    try {
      const refusal = this._session.refusalOf(channel, values);
      if (refusal) return { error: { name: "Failed", message: refusal } };
      const file = this._session.fileOf(channel, values);
      const opened = file === undefined ? undefined : (await this._connected.open(file))?.openedState;
      const result = await this._call(channel, values);
      const closed = this._session.done(channel, values, result, opened);
      if (closed !== undefined) await this._connected.close(closed);
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

  /** For the connection: opens everything again on a new connection. */
  public async resume(find: (key: string) => LiveIModel | undefined): Promise<void> {
    for (const iModel of this._session.iModels) {
      const live = find(iModel.key);
      if (!live) continue;
      const [told, opened] = [iModel.told, live.openedState];
      iModel.lostUnsaved ||= iModel.hasUnsaved;
      iModel.hasUnsaved = false;
      iModel.held = [];
      for (const [channel, method, ...values] of this._session.reopening(iModel)) await this._link.callOnce("IpcInvoke", [channel, method, values.map(encodeBinaries)]);
      // Events come from a state on that is this one or a later one.
      const upTo = await live.reopen();
      iModel.told = opened;
      void this._tellMissed(iModel, live, told, upTo);
    }
  }

  private async _call(channel: string, [method, ...values]: readonly unknown[]): Promise<unknown> {
    const message = [channel, method, values.map(encodeBinaries)];
    await this._link.ready();
    const answer = this._session.isRepeatable(channel, method)
      ? await this._link.call<unknown>("IpcInvoke", message)
      : await this._link.callOnce<unknown>("IpcInvoke", message);
    return (decodeBinaries(answer ?? {}) as { result?: unknown }).result;
  }

  /** What was committed while there was no connection; later events are held back until that is told. */
  private async _tellMissed(iModel: IpcIModel, live: LiveIModel, told: LiveState, upTo: LiveState): Promise<void> {
    try {
      if (upTo.sequence > told.sequence) {
        for await (const item of live.feed(told)) {
          // There is no event that says "read everything anew": the application hears it from the iModel.
          if (item.kind === "reload") break;
          for (const [channel, ...values] of ipcEventsOf(iModel.key, item.commit, iModel.isInScope)) this._raise(channel, values);
          if (item.commit.sequence >= upTo.sequence) break;
        }
      }
    } catch {
      // Closed meanwhile, or the connection broke again, which begins anew.
    } finally {
      const held = iModel.held ?? [];
      iModel.held = undefined;
      for (const raise of held) raise();
    }
  }

  private _receive(channel: string, values: unknown[]): void {
    const event = commitEventOf(channel, values[0]);
    const iModel = event && this._session.find(event.key);
    if (iModel && event.isLast) iModel.told = { epoch: iModel.told.epoch, sequence: iModel.told.sequence + 1 };
    const raise = (): void => this._raise(channel, values.map(decodeBinaries));
    if (iModel?.held) iModel.held.push(raise);
    else raise();
  }

  private _raise(channel: string, values: readonly unknown[]): void {
    for (const listener of [...(this._listeners.get(channel) ?? [])]) listener(new Event(channel), ...(values as never[]));
  }
}
