import assert from "node:assert/strict";
import { test } from "node:test";
import { BackOff } from "../src/backOff.js";
import { decodeBinaries, encodeBinaries } from "../src/binaries.js";
import { LiveError, unwrap } from "../src/liveError.js";
import type { Person } from "../src/index.js";
import { Presence, type PresenceChange } from "../src/presence.js";

test("next_failuresInARow_doublesUpToTheLongestAndStartsAgainAfterReset", () => {
  const backOff = new BackOff({ first: 100, longest: 500 }, () => 1);
  const pauses = Array.from({ length: 5 }, () => backOff.next());
  backOff.reset();

  assert.deepEqual(pauses, [0, 100, 200, 400, 500]);
  assert.equal(backOff.next(), 0);
});

test("encodeBinaries_bytesWithinProps_comeBackAsTheyWere", () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
  const value = { geom: [{ data: bytes }], name: "x", nothing: null };

  const travelled: unknown = JSON.parse(JSON.stringify(encodeBinaries(value)));

  assert.deepEqual(decodeBinaries(travelled), value);
});

test("unwrap_refusal_isThrownWithWhatTheServerSaid", () => {
  const refusal = { name: "Conflict", message: "changed", conflicts: [{ id: "0x1", sequence: 3, user: { id: "b", name: "Bea" } }] };

  assert.throws(() => unwrap({ error: refusal }), (error: unknown) => error instanceof LiveError && error.is("Conflict") && error.conflicts[0]?.id === "0x1");
  assert.deepEqual(unwrap({ epoch: 1 }), { epoch: 1 });
});

const person = (session: string): Person => ({ session, user: { id: session, name: session }, color: "red" });

test("apply_messages_keepsThePeopleAsTheServerSees", () => {
  const presence = new Presence(() => undefined);
  const changes: PresenceChange[] = [];
  presence.reset([person("a"), person("b")]);
  presence.onChanged.addListener((change) => changes.push(change));

  presence.apply({ joined: [person("c")], left: ["a"], changed: [{ session: "b", selection: ["0x1"] }, { session: "gone", cursor: null }] });

  assert.deepEqual(presence.people.map(({ session }) => session), ["b", "c"]);
  assert.deepEqual(presence.get("b")?.selection, ["0x1"]);
  assert.deepEqual(changes[0]?.left.map(({ session }) => session), ["a"]);
});

test("set_manyTimes_sendsTheLastOfEachAtOnceAndAllOfItAgainAfterReset", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const sent: unknown[] = [];
  const presence = new Presence((props) => sent.push(props));

  presence.set({ cursor: [1, 2, 3] });
  presence.set({ selection: ["0x1"] });
  presence.set({ cursor: [4, 5, 6] });
  context.mock.timers.tick(1000);
  presence.reset([]);
  await Promise.resolve();

  assert.deepEqual(sent, [{ cursor: [4, 5, 6], selection: ["0x1"] }, { cursor: [4, 5, 6], selection: ["0x1"] }]);
});
