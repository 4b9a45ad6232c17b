import assert from "node:assert/strict";
import { test } from "node:test";
import { Feed, type FeedSource } from "../src/feed.js";
import type { FeedItem } from "../src/feedReader.js";
import type { LiveState } from "../src/index.js";
import { commit, commits } from "./commits.js";

/** A server whose subscriptions are kept; the test delivers by itself. */
class Subscriptions implements FeedSource {
  public readonly at: (number | "none")[] = [];

  public async subscribe(state: LiveState): Promise<void> {
    this.at.push(state.sequence);
    return Promise.resolve();
  }

  public async unsubscribe(): Promise<void> {
    this.at.push("none");
    return Promise.resolve();
  }
}

const start = { epoch: 1, sequence: 0 };

/** Lets everything run that waits for nothing. */
const settled = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function take(reader: AsyncIterator<FeedItem>, count: number): Promise<(number | string)[]> {
  const taken: (number | string)[] = [];
  while (taken.length < count) {
    const next = await reader.next();
    if (next.done) break;
    taken.push(next.value.kind === "commit" ? next.value.commit.sequence : `reload ${next.value.state.sequence}`);
  }
  return taken;
}

test("read_commitsRepeatedAndOverlapping_givesEachOnceInOrder", async () => {
  const feed = new Feed(new Subscriptions());
  const reader = feed.read(start);

  feed.deliver(commits(1, 3));
  feed.deliver(commits(2, 5));
  feed.deliver(commits(1, 6));

  assert.deepEqual(await take(reader, 6), [1, 2, 3, 4, 5, 6]);
});

test("read_gap_subscribesAgainWhereTheReaderIsAndGivesNothingTwice", async () => {
  const server = new Subscriptions();
  const feed = new Feed(server);
  const reader = feed.read(start);
  await settled();

  feed.deliver([commit(1)]);
  assert.deepEqual(await take(reader, 1), [1]);
  feed.deliver([commit(4)]);
  await settled();
  feed.deliver(commits(2, 4));

  assert.deepEqual(server.at, [0, 1]);
  assert.deepEqual(await take(reader, 3), [2, 3, 4]);
});

test("read_slowReader_isNotGivenMoreThanItHoldsAndCatchesUpLater", async () => {
  const server = new Subscriptions();
  const feed = new Feed(server);
  const reader = feed.read(start);
  await settled();

  feed.deliver(commits(1, 1500));
  const first = await take(reader, 1000);
  await settled();
  const resumedAt = server.at.at(-1);
  feed.deliver(commits(1001, 1500));

  assert.equal(first.at(-1), 1000);
  assert.equal(resumedAt, 1000);
  assert.equal((await take(reader, 500)).at(-1), 1500);
});

test("read_secondReaderFurtherBehind_subscriptionServesBothAndRepeatsForNone", async () => {
  const server = new Subscriptions();
  const feed = new Feed(server);
  const ahead = feed.read({ epoch: 1, sequence: 5 });
  await settled();
  const behind = feed.read({ epoch: 1, sequence: 3 });
  await settled();

  feed.deliver(commits(4, 7));

  assert.deepEqual(server.at, [5, 3]);
  assert.deepEqual(await take(ahead, 2), [6, 7]);
  assert.deepEqual(await take(behind, 4), [4, 5, 6, 7]);
});

test("reload_readerAhead_getsWhatWasQueuedThenTheReloadAndGoesOnFromThere", async () => {
  const feed = new Feed(new Subscriptions());
  const reader = feed.read(start);
  feed.deliver(commits(1, 2));

  feed.reload("restored", { epoch: 2, sequence: 9 });
  feed.deliver(commits(10, 11));

  assert.deepEqual(await take(reader, 5), [1, 2, "reload 9", 10, 11]);
});

test("return_lastReader_unsubscribes", async () => {
  const server = new Subscriptions();
  const feed = new Feed(server);
  const reader = feed.read(start);
  await settled();

  await reader.return?.();
  await settled();

  assert.deepEqual(server.at, [0, "none"]);
  assert.equal((await reader.next()).done, true);
});

test("fail_readerWithQueuedCommits_givesThemThenThrows", async () => {
  const feed = new Feed(new Subscriptions());
  const reader = feed.read(start);
  feed.deliver(commits(1, 1));

  feed.fail(new Error("closed"));

  assert.deepEqual(await take(reader, 1), [1]);
  await assert.rejects(async () => reader.next(), /closed/);
});
