const functions = "itwin.itwinjs-core/ipc-app";

/** Functions that open an iModel; their result has its key. */
const openers = new Set(["openBriefcase", "openStandalone", "openCheckpoint", "openSnapshot"]);

/** Functions of iTwin.js whose second run would do something else than the first. */
const unrepeatable = new Set([
  "saveChanges", "pushChanges", "reverseTxns", "reverseTxnsAsync", "reverseAllTxn", "reverseAllTxnsAsync", "reinstateTxn", "reinstateTxnAsync", "restartTxnSession",
]);

/** What a frontend has open over IPC, which the server forgets with the connection. */
export class IpcSession {
  private readonly _opened = new Map<string, readonly unknown[]>();
  private readonly _scopes = new Set<string>();

  public constructor(private readonly _invoke: (channel: string, values: readonly unknown[]) => Promise<unknown>) {}

  /** Whether a call may be sent again when it is unknown whether it was done. */
  public isRepeatable(channel: string, method: unknown): boolean {
    return channel === functions && typeof method === "string" && !unrepeatable.has(method);
  }

  /** Notes what a call opened or closed. */
  public done(channel: string, values: readonly unknown[], result: unknown): void {
    const [method, key, isStart] = values;
    if (channel !== functions || typeof method !== "string") return;
    if (openers.has(method)) {
      const opened = (result as { key?: unknown } | undefined)?.key;
      if (typeof opened === "string") this._opened.set(opened, values);
    } else if (method === "closeIModel") {
      this._opened.delete(key as string);
      this._scopes.delete(key as string);
    } else if (method === "toggleGraphicalEditingScope") {
      if (isStart === true) this._scopes.add(key as string);
      else this._scopes.delete(key as string);
    }
  }

  /** Opens it all again. What the frontend had not saved is gone. */
  public async resume(): Promise<void> {
    for (const values of this._opened.values()) await this._invoke(functions, values);
    for (const key of this._scopes) await this._invoke(functions, ["toggleGraphicalEditingScope", key, true]);
  }
}
