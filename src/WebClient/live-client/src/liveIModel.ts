import type { Commit, CommitSummary } from "./commit.js";
import { Feed } from "./feed.js";
import type { FeedItem } from "./feedReader.js";
import type { HubLink } from "./hubLink.js";
import { encodeBinaries } from "./binaries.js";
import { LiveError } from "./liveError.js";
import { LiveEvent } from "./liveEvent.js";
import { newOperationId } from "./operationId.js";
import type { Person, PersonProps, PresenceProps } from "./person.js";
import { Presence, type PresenceMessage } from "./presence.js";
import { keyPath, type Rest } from "./rest.js";
import type { LiveState } from "./state.js";
import type { Operation, Transaction, TransactionResult, UndoProps } from "./transaction.js";
import { Versions } from "./versions.js";

/** How often the server may refuse to open it again: one that has just started does not know all its iModels yet. */
const mostRefusals = 10;

/** The iModel by its key in the server's catalogue, or by its ids. */
export type IModelTarget = string | { iTwinId: string; iModelId: string };

/** The hub's answer to Open. */
interface Opened extends LiveState {
  key: string;
  session: string;
  writable: boolean;
  people: Person[];
}

/** A live iModel that this connection has open: opened again by itself after the connection was lost. */
export class LiveIModel {
  public readonly presence: Presence;
  public readonly versions: Versions;
  /** The server would not open it again after a lost connection: this object is of no use any more. */
  public readonly onEnded = new LiveEvent<LiveError>();
  private readonly _feed: Feed;
  private _isClosed = false;
  private _refusals = 0;

  /** For the connection. */
  public static async open(link: HubLink, rest: Rest, target: IModelTarget, person: PersonProps): Promise<LiveIModel> {
    const opened = await link.call<Opened>("Open", [openArgument(target, person)]);
    return new LiveIModel(link, rest, person, opened);
  }

  private constructor(private readonly _link: HubLink, private readonly _rest: Rest, private _person: PersonProps, private _opened: Opened) {
    this.presence = new Presence((props: PresenceProps) => _link.send("SetPresence", this.key, props));
    this.versions = new Versions(_opened.key, _rest);
    this._feed = new Feed({
      subscribe: async (state) => {
        await _link.call("Subscribe", [this.key, state]);
      },
      unsubscribe: async () => {
        if (!this._isClosed) await _link.call("Unsubscribe", [this.key]);
      },
    });
    this._take(_opened);
  }

  /** The key in the server's catalogue. */
  public get key(): string {
    return this._opened.key;
  }

  /** This session's id, as the others see it. It is another one after a lost connection. */
  public get session(): string {
    return this._opened.session;
  }

  /** Whether it was closed, or could not be opened again. */
  public get isClosed(): boolean {
    return this._isClosed;
  }

  /** Whether this session may change the iModel. */
  public get isWritable(): boolean {
    return this._opened.writable;
  }

  /** The iModel's state when it was opened (again). */
  public get openedState(): LiveState {
    return { epoch: this._opened.epoch, sequence: this._opened.sequence };
  }

  /**
   * Applies operations as one transaction. It has an operation id and is sent again under it until its outcome is known, whatever happens to
   * the connection or the server: it is applied once. Throws LiveError if it is refused, and the signal's reason if that aborts first; the
   * outcome is then unknown, and the same operation id may be sent again.
   */
  public async transact(transaction: Transaction | readonly Operation[], signal?: AbortSignal): Promise<TransactionResult> {
    const given = "operations" in transaction ? transaction : { operations: transaction };
    const operationId = given.operationId ?? newOperationId();
    const result = await this._link.call<Omit<TransactionResult, "operationId">>("Transact", [this.key, encodeBinaries({ ...given, operationId })], signal);
    return { ...result, operationId };
  }

  /** Undoes this user's newest operation, or the one that is named. Throws LiveError: `NothingToUndo`, `Conflict`, ... */
  public async undo(props: UndoProps = {}, signal?: AbortSignal): Promise<TransactionResult> {
    return this._reverse("Undo", props, signal);
  }

  /** Redoes what this user undid last. Throws LiveError: `NothingToRedo`, `Conflict`, ... */
  public async redo(props: UndoProps = {}, signal?: AbortSignal): Promise<TransactionResult> {
    return this._reverse("Redo", props, signal);
  }

  /**
   * The change feed: every commit after `from` (default: after opening) exactly once and in order, across lost connections and restarts of
   * the server. An item of kind "reload" says that what was read does not lead to the present state any more: read the iModel anew.
   */
  public feed(from: LiveState = this.openedState): AsyncIterableIterator<FeedItem> {
    return this._feed.read(from);
  }

  /** What was committed, newest first, from before a sequence on. */
  public async history(count = 50, before?: number, signal?: AbortSignal): Promise<readonly CommitSummary[]> {
    return this._link.call<readonly CommitSummary[]>("History", [this.key, { before, count }], signal);
  }

  /** One commit with all that it changed; undefined if the server does not keep it any more. */
  public async commit(sequence: number, signal?: AbortSignal): Promise<Commit | undefined> {
    const [summary] = await this.history(1, sequence + 1, signal);
    const [previous] = sequence > 1 ? await this.history(1, sequence, signal) : [{ epoch: 0, sequence: 0 }];
    if (summary?.sequence !== sequence || !previous) return undefined;
    const { commits = [] } = await this._rest.json<{ commits?: readonly Commit[] }>(
      `/api/imodels/${keyPath(this.key)}/feed?epoch=${previous.epoch}&sequence=${previous.sequence}&count=1`, undefined, signal,
    );
    return commits[0];
  }

  /** Keeps others from changing the elements until they are unlocked or this session ends. Throws LiveError `Locked` with who holds them. */
  public async lock(ids: readonly string[], signal?: AbortSignal): Promise<void> {
    await this._link.call("Lock", [this.key, ids], signal);
  }

  public async unlock(ids: readonly string[], signal?: AbortSignal): Promise<void> {
    await this._link.call("Unlock", [this.key, ids], signal);
  }

  /** Appears to the others by another name or colour from now on: as a new session, since a session is one person's. */
  public async introduce(person: PersonProps): Promise<void> {
    this._person = person;
    await this._link.restart();
  }

  /** Ends this session of the iModel. The connection stays. */
  public async close(): Promise<void> {
    if (this._isClosed) return;
    this.end(new Error(`The iModel "${this.key}" was closed.`));
    if (this._link.state === "connected") await this._link.callOnce("Close", [this.key]).catch(() => undefined);
  }

  /** For the connection: it is gone. */
  public end(reason: Error): void {
    this._isClosed = true;
    this.presence.dispose();
    this._feed.fail(reason);
  }

  /** For the connection: opens it again on a new connection, where the server knows nothing of it. */
  public async resume(): Promise<void> {
    if (this._isClosed) return;
    try {
      this._take(await this._link.callOnce<Opened>("Open", [openArgument(this.key, this._person)]));
    } catch (error) {
      if (!(error instanceof LiveError) || ++this._refusals < mostRefusals) throw error;
      this.end(error);
      this.onEnded.raise(error);
      return;
    }
    this._refusals = 0;
    // Runs when everything else is open again.
    this._feed.resume();
  }

  /** For the connection: asks for the present state. */
  public async reopen(): Promise<LiveState> {
    const { epoch, sequence } = await this._link.callOnce<Opened>("Open", [openArgument(this.key, this._person)]);
    return { epoch, sequence };
  }

  /** For the connection: messages of the hub. */
  public receiveCommits(commits: readonly Commit[]): void {
    this._feed.deliver(commits);
  }

  /** For the connection. */
  public receiveReload({ reason, epoch, sequence }: LiveState & { reason: string }): void {
    this._feed.reload(reason, { epoch, sequence });
  }

  /** For the connection. */
  public receivePresence(message: PresenceMessage): void {
    this.presence.apply(message);
  }

  private async _reverse(method: "Undo" | "Redo", props: UndoProps, signal?: AbortSignal): Promise<TransactionResult> {
    const operationId = props.operationId ?? newOperationId();
    const result = await this._link.call<Omit<TransactionResult, "operationId">>(method, [this.key, { ...props, operationId }], signal);
    return { ...result, operationId };
  }

  private _take(opened: Opened): void {
    this._opened = opened;
    this.presence.reset(opened.people);
  }
}

function openArgument(target: IModelTarget, person: PersonProps): unknown {
  return typeof target === "string" ? { key: target, person } : { ...target, person };
}
