import { CompressedId64Set } from "@itwin/core-bentley";
import type { Commit, CommitSummary, LiveIModel } from "itwin-orleans-live-client";
import { Signal } from "../shared/signal";

const pageSize = 50;

/** The change history: what the server knows from before, and what the feed brings. */
export class History {
  /** Newest first. */
  public readonly entries = new Signal<readonly CommitSummary[]>([]);
  /** There are older ones than were loaded. */
  public readonly hasOlder = new Signal(true);
  private readonly _commits = new Map<number, Commit>();

  public constructor(private readonly _live: LiveIModel) {}

  /** From the feed. */
  public add(commit: Commit): void {
    this._commits.set(commit.sequence, commit);
    const known = this.entries.value.filter(({ sequence }) => sequence !== commit.sequence);
    this.entries.value = [commit, ...known].sort((a, b) => b.sequence - a.sequence);
  }

  /** Loads the next page of older commits. */
  public async loadOlder(): Promise<void> {
    const oldest = this.entries.value.at(-1)?.sequence;
    const older = await this._live.history(pageSize, oldest);
    const known = new Set(this.entries.value.map(({ sequence }) => sequence));
    this.entries.value = [...this.entries.value, ...older.filter(({ sequence }) => !known.has(sequence))];
    this.hasOlder.value = older.length === pageSize;
  }

  /** Ids of the elements that a commit inserted or updated, and those that it deleted. Undefined if the server does not keep them any more. */
  public async elementsOf({ sequence }: CommitSummary): Promise<{ present: string[]; deleted: string[] } | undefined> {
    const commit = this._commits.get(sequence) ?? (await this._live.commit(sequence));
    if (!commit) return undefined;
    this._commits.set(sequence, commit);
    const { inserted, updated, deleted } = commit.elements ?? {};
    const ids = (set: string | undefined): string[] => (set ? CompressedId64Set.decompressArray(set) : []);
    return { present: [...ids(inserted), ...ids(updated)], deleted: ids(deleted) };
  }
}
