import type { BriefcaseConnection } from "@itwin/core-frontend";
import type { Commit, LiveIModel, LiveState, Operation, Person, TransactionResult } from "itwin-orleans-live-client";
import { Signal } from "../shared/signal";
import { History } from "./history";

/** One edit: what the history says about it, and its operations. */
export interface Edit {
  description: string;
  operations: readonly Operation[];
  /** The state that was seen when the edit began; what others changed since is not overwritten unasked. */
  base?: LiveState;
}

/** A live iModel that is open on this page: its people, its history, and the edits of this person. */
export class LiveDocument {
  public readonly people: Signal<readonly Person[]>;
  public readonly history: History;
  /** The last commit that arrived. */
  public readonly lastCommit = new Signal<Commit | undefined>(undefined);
  /** What Ctrl+Z would undo, in the words of its history entry; undefined if there is nothing. */
  public readonly undoText = new Signal<string | undefined>(undefined);
  public readonly redoText = new Signal<string | undefined>(undefined);
  /** Edits that the server has not confirmed yet. */
  public readonly pending = new Signal(0);
  /** Why the page must be loaded anew: what it shows does not lead to the present state any more. */
  public readonly staleReason = new Signal<string | undefined>(undefined);
  private _state: LiveState;

  public constructor(public readonly live: LiveIModel, public readonly connection: BriefcaseConnection) {
    this._state = live.openedState;
    this.history = new History(live);
    this.people = new Signal(live.presence.people);
    live.presence.onChanged.addListener(() => {
      this.people.value = live.presence.people;
    });
    live.onEnded.addListener((error) => {
      this.staleReason.value = error.message;
    });
    void this._follow();
    void this._refreshUndo();
  }

  /** The state that this page shows. */
  public get state(): LiveState {
    return this._state;
  }

  /** Everybody but this session. */
  public get others(): readonly Person[] {
    return this.people.value.filter(({ session }) => session !== this.live.session);
  }

  /** Applies an edit. Throws LiveError if it is refused. */
  public async apply(edit: Edit): Promise<TransactionResult> {
    return this._counted(this.live.transact(edit));
  }

  /** Undoes this person's last edit. Throws LiveError if it is refused. */
  public async undo(): Promise<void> {
    await this._counted(this.live.undo());
  }

  /** Redoes what this person undid. Throws LiveError if it is refused. */
  public async redo(): Promise<void> {
    await this._counted(this.live.redo());
  }

  /** Leaves the iModel. */
  public async close(): Promise<void> {
    await this.live.close();
  }

  private async _counted<T>(work: Promise<T>): Promise<T> {
    this.pending.value++;
    try {
      return await work;
    } finally {
      this.pending.value--;
    }
  }

  /** Until the iModel is closed, which ends the feed with an error. */
  private async _follow(): Promise<void> {
    try {
      for await (const item of this.live.feed()) {
        if (item.kind === "reload") {
          this.staleReason.value = item.reason;
          this._state = item.state;
        } else {
          this._state = { epoch: item.commit.epoch, sequence: item.commit.sequence };
          this.history.add(item.commit);
          this.lastCommit.value = item.commit;
          if (item.commit.session === this.live.session) await this._refreshUndo();
        }
      }
    } catch {
      // Closed: by this page, or told by `onEnded`.
    }
  }

  private async _refreshUndo(): Promise<void> {
    try {
      const { txns } = this.connection;
      const [undo, redo] = [await txns.isUndoPossible(), await txns.isRedoPossible()];
      this.undoText.value = undo ? await txns.getUndoString() : undefined;
      this.redoText.value = redo ? await txns.getRedoString() : undefined;
    } catch {
      // The connection is away, or the iModel was closed meanwhile; the next commit asks again.
    }
  }
}
