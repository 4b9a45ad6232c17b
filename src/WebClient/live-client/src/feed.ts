import type { Commit } from "./commit.js";
import { type FeedItem, FeedReader } from "./feedReader.js";
import type { LiveState } from "./state.js";

/** The feed's server: one subscription for all readers. */
export interface FeedSource {
  /** Makes the server send what comes after the state, instead of what it sent. */
  subscribe(state: LiveState): Promise<void>;
  unsubscribe(): Promise<void>;
}

/** The change feed of one iModel: readers of this process share one subscription, which follows the reader that is furthest behind. */
export class Feed {
  private readonly _readers = new Set<FeedReader>();
  private _subscribing?: Promise<void>;
  /** Readers changed while the server was being asked. */
  private _again = false;

  public constructor(private readonly _source: FeedSource) {}

  /** Each commit after `from`, exactly once and in order; ends by `break` or `return()`, and throws when the iModel is closed. */
  public read(from: LiveState): AsyncIterableIterator<FeedItem> {
    const reader = new FeedReader(from, () => this.resume(), (ended) => this._remove(ended));
    this._readers.add(reader);
    this.resume();
    return reader;
  }

  /** Subscribes (again) at the state of the reader that is furthest behind. */
  public resume(): void {
    this._again = true;
    this._subscribing ??= this._subscribe()
      .catch((error: unknown) => this.fail(error as Error))
      .finally(() => {
        this._subscribing = undefined;
      });
  }

  /** For the connection. */
  public deliver(commits: readonly Commit[]): void {
    let isShort = false;
    for (const reader of this._readers) {
      if (!commits.every((commit) => reader.offer(commit)) && reader.wantsMore) isShort = true;
    }
    if (isShort) this.resume();
  }

  /** For the connection. */
  public reload(reason: string, state: LiveState): void {
    for (const reader of this._readers) {
      const isThere = reader.state.epoch === state.epoch && reader.state.sequence === state.sequence;
      if (!isThere) reader.reload(reason, state);
    }
    this.resume();
  }

  /** For the connection: no reader gets any more. */
  public fail(error: Error): void {
    for (const reader of this._readers) reader.fail(error);
    this._readers.clear();
  }

  private async _subscribe(): Promise<void> {
    while (this._again) {
      this._again = false;
      const states = [...this._readers].map(({ state }) => state);
      if (states.length === 0) await this._source.unsubscribe();
      else await this._source.subscribe(states.reduce((least, state) => (state.sequence < least.sequence ? state : least)));
    }
  }

  private _remove(reader: FeedReader): void {
    this._readers.delete(reader);
    if (this._readers.size === 0) this.resume();
  }
}
