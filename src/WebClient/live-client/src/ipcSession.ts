import type { LiveState } from "./state.js";

/** One iModel that a frontend has open over IPC. */
export interface IpcIModel {
  readonly key: string;
  /** The call that opened it, to be made again on a new connection. */
  readonly opening: readonly unknown[];
  /** A state before or at the one up to which the frontend was told of commits: it may be told of one twice, but of none never. */
  told: LiveState;
  isInScope: boolean;
  /** The frontend changed something over the editing channel and did not save it yet. */
  hasUnsaved: boolean;
  /** What it had not saved went with a lost connection, and it was not told yet. */
  lostUnsaved: boolean;
  /** Events that wait until older commits have been told. */
  held?: (() => void)[];
}

const functions = "itwin.itwinjs-core/ipc-app";
const edits = "itwin.itwin-orleans/edit";

/** Functions that open an iModel for writing, so that the server sends events of it; their first argument names the file. */
const openers = new Set(["openBriefcase", "openStandalone"]);

/** Functions of iTwin.js whose second run would do something else than the first. */
const unrepeatable = new Set([
  "saveChanges", "pushChanges", "reverseTxns", "reverseTxnsAsync", "reverseAllTxn", "reverseAllTxnsAsync", "reinstateTxn", "reinstateTxnAsync", "restartTxnSession",
]);

/** What a frontend has open over IPC, which the server forgets with the connection. */
export class IpcSession {
  private readonly _iModels = new Map<string, IpcIModel>();

  public get iModels(): readonly IpcIModel[] {
    return [...this._iModels.values()];
  }

  public find(key: string): IpcIModel | undefined {
    return this._iModels.get(key);
  }

  /** The file that a call opens. */
  public fileOf(channel: string, [method, argument]: readonly unknown[]): string | undefined {
    if (channel !== functions || !openers.has(method as string)) return undefined;
    const file = typeof argument === "object" && argument !== null && "fileName" in argument ? argument.fileName : argument;
    return typeof file === "string" ? file : undefined;
  }

  /** Whether a call may be sent again when it is unknown whether it was done. */
  public isRepeatable(channel: string, method: unknown): boolean {
    return channel === functions && typeof method === "string" && !unrepeatable.has(method);
  }

  /** Why a call would not do what the frontend expects; said once. */
  public refusalOf(channel: string, [method, key]: readonly unknown[]): string | undefined {
    const iModel = this._iModels.get(key as string);
    if (!iModel?.lostUnsaved) return undefined;
    const isSave = channel === functions && method === "saveChanges";
    if (isSave || channel === edits) {
      iModel.lostUnsaved = false;
      return "The connection was lost, and what was changed but not saved went with it. Make the changes again.";
    }
    if (method === "abandonChanges") iModel.lostUnsaved = false;
    return undefined;
  }

  /** Notes what a call that succeeded has opened, closed or changed. Returns the key of what it closed. */
  public done(channel: string, values: readonly unknown[], result: unknown, opened: LiveState | undefined): string | undefined {
    const [method, key, isStart] = values as [string, string, unknown];
    const iModel = this._iModels.get(key);
    if (channel === edits && iModel) iModel.hasUnsaved = true;
    if (channel !== functions) return undefined;
    if (openers.has(method) && opened) {
      const found = (result as { key: string }).key;
      this._iModels.set(found, { key: found, opening: values, told: opened, isInScope: false, hasUnsaved: false, lostUnsaved: false });
    } else if (method === "closeIModel") {
      return this._iModels.delete(key) ? key : undefined;
    } else if (iModel && method === "toggleGraphicalEditingScope") {
      iModel.isInScope = isStart === true;
    } else if (iModel && (method === "saveChanges" || method === "abandonChanges")) {
      iModel.hasUnsaved = false;
    }
    return undefined;
  }

  /** The calls that open an iModel again as it was. */
  public reopening({ key, opening, isInScope }: IpcIModel): (readonly [string, ...unknown[]])[] {
    return [[functions, ...opening], ...(isInScope ? [[functions, "toggleGraphicalEditingScope", key, true] as const] : [])];
  }
}
