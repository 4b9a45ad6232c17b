import type { Commit } from "./commit.js";
import { Deferred } from "./deferred.js";
import type { LiveState } from "./state.js";

/** What a feed tells: a commit, or that the reader's state is not in the history any more and everything is to be read anew from `state` on. */
export type FeedItem =
  | { readonly kind: "commit"; readonly commit: Commit }
  | { readonly kind: "reload"; readonly reason: string; readonly state: LiveState };

/** A reader that does not keep up is served from the server again later; so much is kept for it. */
const mostQueued = 1000;

/** One reader of a feed: takes each commit once and in order, whatever is offered how often. */
export class FeedReader implements AsyncIterableIterator<FeedItem> {
  private readonly _queue: FeedItem[] = [];
  private _waiting?: Deferred<IteratorResult<FeedItem>>;
  private _end?: { error?: Error };
  private _missing = false;

  /**
   * @param _state The state up to which items were queued.
   * @param _onDrained The reader took everything, and there is more that it was not given.
   * @param _onEnd The reader wants no more.
   */
  public constructor(private _state: LiveState, private readonly _onDrained: () => void, private readonly _onEnd: (reader: FeedReader) => void) {}

  /** The state from which on it must be given commits. */
  public get state(): LiveState {
    return this._state;
  }

  /** Whether it has room for what it was not given. */
  public get wantsMore(): boolean {
    return this._missing && this._queue.length === 0;
  }

  /** Takes the commit if it is the next. False if commits before it are missing, or there is no room. */
  public offer(commit: Commit): boolean {
    if (commit.sequence <= this._state.sequence) return true;
    if (commit.sequence !== this._state.sequence + 1 || this._queue.length >= mostQueued) {
      this._missing = true;
      return false;
    }
    this._missing = false;
    this._state = { epoch: commit.epoch, sequence: commit.sequence };
    this._push({ kind: "commit", commit });
    return true;
  }

  /** What comes next does not follow what was. */
  public reload(reason: string, state: LiveState): void {
    this._state = state;
    this._missing = false;
    this._push({ kind: "reload", reason, state });
  }

  /** Nothing more will come: `next` throws the error once all is read. */
  public fail(error: Error): void {
    this._end ??= { error };
    if (this._queue.length === 0) this._waiting?.reject(error);
    this._waiting = undefined;
  }

  public async next(): Promise<IteratorResult<FeedItem>> {
    const item = this._queue.shift();
    if (item) {
      if (this.wantsMore) this._onDrained();
      return { done: false, value: item };
    }
    if (this._end?.error) throw this._end.error;
    if (this._end) return { done: true, value: undefined };
    this._waiting ??= new Deferred();
    return this._waiting.promise;
  }

  public async return(): Promise<IteratorResult<FeedItem>> {
    this._end ??= {};
    this._queue.length = 0;
    this._waiting?.resolve({ done: true, value: undefined });
    this._waiting = undefined;
    this._onEnd(this);
    return Promise.resolve({ done: true, value: undefined });
  }

  public [Symbol.asyncIterator](): this {
    return this;
  }

  private _push(item: FeedItem): void {
    if (this._end) return;
    if (this._waiting) {
      this._waiting.resolve({ done: false, value: item });
      this._waiting = undefined;
    } else {
      this._queue.push(item);
    }
  }
}
