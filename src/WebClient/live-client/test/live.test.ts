import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect, type FeedItem, type LiveConnection, LiveError, type LiveIModel, type Operation, type PresenceChange } from "../src/index.js";
import { CuttingProxy } from "./cuttingProxy.js";
import { key, Server } from "./server.js";

let server: Server;
const connections: LiveConnection[] = [];

before(async () => {
  server = await Server.start();
});
after(async () => {
  for (const connection of connections) await connection.close();
  await server.stop();
});

async function open(name: string, url = server.url): Promise<LiveIModel> {
  const connection = await connect(url, { backOff: { first: 20, longest: 200 } });
  connections.push(connection);
  return connection.open(key, { id: name, name, color: "#123456" });
}

/** A subject: an element without geometry, so that the test is about the connection. */
const insert = (label: string): Operation => ({
  action: "insert", entity: "element", name: "it",
  props: {
    classFullName: "BisCore:Subject", model: "0x1", userLabel: label, code: { spec: "0x1", scope: "0x1", value: "" },
    parent: { id: "0x1", relClassName: "BisCore:SubjectOwnsSubjects" },
  },
});

const update = (id: string, userLabel: string): Operation => ({ action: "update", entity: "element", props: { id, userLabel } });

async function descriptions(feed: AsyncIterator<FeedItem>, count: number): Promise<string[]> {
  const found: string[] = [];
  while (found.length < count) {
    const next = await feed.next();
    if (next.done) break;
    found.push(next.value.kind === "commit" ? next.value.commit.description : `reload: ${next.value.reason}`);
  }
  return found;
}

/** The next change of presence that the condition is true of. */
async function presenceWhere(imodel: LiveIModel, isIt: (change: PresenceChange) => boolean): Promise<PresenceChange> {
  return new Promise((resolve) => {
    const stop = imodel.presence.onChanged.addListener((change) => {
      if (!isIt(change)) return;
      stop();
      resolve(change);
    });
  });
}

test("transact_insert_isToldToTheOthersWithWhoAndWhat", async () => {
  const [ada, bea] = [await open("Ada"), await open("Bea")];
  const feed = bea.feed();

  const result = await ada.transact({ description: "Add a pump", operations: [insert("pump")] });
  const next = await feed.next();

  const item = next.value as Extract<FeedItem, { kind: "commit" }>;
  assert.match(result.ids.it ?? "", /^0x/);
  assert.equal(item.commit.description, "Add a pump");
  assert.equal(item.commit.user.name, "Ada");
  assert.equal(item.commit.sequence, result.sequence);
  assert.equal(item.commit.operationId, result.operationId);
});

test("transact_baseThatIsOlderThanAnothersChange_isRefusedWithWhoAndWhat", async () => {
  const [ada, bea] = [await open("Ada"), await open("Bea")];
  const { ids, epoch, sequence } = await ada.transact([insert("valve")]);
  const id = ids.it ?? "";
  await ada.transact([update(id, "of Ada")]);

  await assert.rejects(
    bea.transact({ base: { epoch, sequence }, operations: [update(id, "of Bea")] }),
    (error: unknown) => error instanceof LiveError && error.is("Conflict") && error.conflicts[0]?.id === id && error.conflicts[0].user?.name === "Ada",
  );
});

test("transact_elementLockedByAnother_isRefusedUntilTheSessionEnds", async () => {
  const [ada, bea] = [await open("Ada"), await open("Bea")];
  const { ids } = await ada.transact([insert("tank")]);
  const id = ids.it ?? "";
  await ada.lock([id]);

  await assert.rejects(bea.transact([update(id, "of Bea")]), (error: unknown) => error instanceof LiveError && error.is("Locked") && error.locks[0]?.user?.name === "Ada");
  await ada.close();

  assert.ok((await bea.transact([update(id, "of Bea")])).sequence > 0);
});

test("transact_answerLostWithTheConnection_isSentAgainAndAppliedOnce", async () => {
  const proxy = await CuttingProxy.start(server.port);
  const watcher = await open("Watcher");
  const feed = watcher.feed();
  const ada = await open("Ada", proxy.url);

  proxy.cutBeforeNextAnswer();
  const result = await ada.transact({ description: "once", operations: [insert("once")] });
  await ada.transact({ description: "end", operations: [insert("end")] });

  assert.deepEqual(await descriptions(feed, 2), ["once", "end"]);
  assert.match(result.ids.it ?? "", /^0x/);
  await proxy.stop();
});

test("feed_connectionCutAgainAndAgain_givesEachCommitOnceAndInOrder", async () => {
  const proxy = await CuttingProxy.start(server.port);
  const [ada, reader] = [await open("Ada"), await open("Reader", proxy.url)];
  const feed = reader.feed();
  const wanted = Array.from({ length: 60 }, (_, index) => `commit ${index}`);

  const reading = descriptions(feed, wanted.length);
  for (const [index, description] of wanted.entries()) {
    await ada.transact({ description, operations: [insert(description)] });
    if (index % 7 === 3) proxy.cut();
  }

  assert.deepEqual(await reading, wanted);
  await proxy.stop();
});

test("feed_fromAnEarlierState_givesWhatCameSince", async () => {
  const ada = await open("Ada");
  const { epoch, sequence } = await ada.transact([insert("before")]);
  for (const description of ["1", "2", "3"]) await ada.transact({ description, operations: [insert(description)] });

  const later = await open("Later");

  assert.deepEqual(await descriptions(later.feed({ epoch, sequence }), 3), ["1", "2", "3"]);
});

test("feed_stateOfAnotherHistory_saysReloadAndGoesOnFromThere", async () => {
  const ada = await open("Ada");
  const feed = ada.feed({ epoch: 77, sequence: 100_000 });

  const first = await feed.next();
  await ada.transact({ description: "after", operations: [insert("after")] });

  assert.equal((first.value as FeedItem).kind, "reload");
  assert.deepEqual(await descriptions(feed, 1), ["after"]);
});

test("presence_selectionAndCursor_areSeenByTheOthersAndTheLeavingToo", async () => {
  const ada = await open("Ada");
  const coming = presenceWhere(ada, ({ joined }) => joined.some(({ user }) => user.name === "Bea"));
  const bea = await open("Bea");
  await coming;

  const pointing = presenceWhere(ada, ({ changed }) => changed.some(({ session, cursor }) => session === bea.session && cursor?.[0] === 1));
  bea.presence.set({ selection: ["0x20"], cursor: [1, 2, 3] });
  await pointing;
  const seen = ada.presence.get(bea.session);
  const leaving = presenceWhere(ada, ({ left }) => left.some(({ session }) => session === bea.session));
  await bea.close();
  await leaving;

  assert.deepEqual(seen?.selection, ["0x20"]);
  assert.equal(seen?.color, "#123456");
  assert.equal(ada.presence.get(bea.session), undefined);
});

test("undo_ownOperation_takesItBackAndRedoBringsItAgain", async () => {
  const ada = await open(`Ada ${Math.random()}`);
  const feed = ada.feed();
  const { ids, operationId } = await ada.transact({ description: "Add", operations: [insert("undone")] });

  await ada.undo();
  await ada.redo();
  const kinds: unknown[] = [];
  for (let index = 0; index < 3; index++) {
    const { value } = await feed.next() as { value: Extract<FeedItem, { kind: "commit" }> };
    kinds.push([value.commit.kind, value.commit.undone]);
  }

  assert.match(ids.it ?? "", /^0x/);
  assert.deepEqual(kinds.slice(0, 2), [["edit", undefined], ["undo", operationId]]);
  assert.equal((kinds[2] as unknown[])[0], "redo");
  await assert.rejects(ada.redo(), (error: unknown) => error instanceof LiveError && error.is("NothingToRedo"));
});

test("history_manyCommits_givesPagesNewestFirst", async () => {
  const ada = await open("Ada");
  for (const description of ["a", "b", "c"]) await ada.transact({ description, operations: [insert(description)] });

  const newest = await ada.history(2);
  const older = await ada.history(1, newest[1]?.sequence);

  assert.deepEqual([...newest, ...older].map(({ description }) => description), ["c", "b", "a"]);
});

test("connection_serverKilledAndRestarted_everythingGoesOn", async () => {
  const [ada, bea] = [await open("Ada"), await open("Bea")];
  const feed = bea.feed();
  await ada.transact({ description: "before", operations: [insert("before")] });

  await server.kill();
  const during = ada.transact({ description: "while it was away", operations: [insert("during")] });
  await server.run();
  const result = await during;
  await ada.transact({ description: "after", operations: [insert("after")] });

  assert.match(result.ids.it ?? "", /^0x/);
  assert.deepEqual(await descriptions(feed, 3), ["before", "while it was away", "after"]);
});
