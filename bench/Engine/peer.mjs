// The same work as Measurement.cs, by Node with the same add-on: node peer.mjs ADDON IMODEL. Prints one line of JSON per measure.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [addonPath, file] = process.argv.slice(2);
const addon = createRequire(import.meta.url)(addonPath);

const db = new addon.DgnDb();
db.openIModel(file, 2 /* ReadWrite */);
const say = (name, value, unit) => console.log(JSON.stringify({ name, value, unit }));
db.getElement({ id: "0x1" });
say("first", 0, "");

// What core-backend gives to native code for writing: every handler is there, none does anything.
const handlers = new Proxy({}, { get: (_, name) => (typeof name === "string" && name.startsWith("on") ? () => {} : undefined), has: () => true });
const txns = new Proxy({}, { get: (_, name) => (typeof name === "string" && name.startsWith("_") || name === "reportError" ? () => {} : undefined), has: () => true });
db.setIModelDb({ getJsClass: () => handlers, txns, onChangesetConflict: () => 0 });

const cpuOfMainThread = () => Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
function repeat(rounds, count, work) {
  const times = [];
  for (let r = 0; r < rounds; r++) {
    const start = performance.now();
    for (let i = 0; i < count; i++) work(i);
    times.push(((performance.now() - start) * 1000) / count);
  }
  return median(times);
}
const query = (request) => new Promise((resolve) => db.concurrentQueryExecute(request, resolve));

const ids = (await query({ kind: 1, query: "select ECInstanceId from generic.PhysicalObject", limit: { count: 2000, offset: 0 } })).data.map((row) => row[0]);
say("getElement", repeat(7, 2000, (i) => db.getElement({ id: ids[i] })), "us");
say("getElement with geometry", repeat(7, 2000, (i) => db.getElement({ id: ids[i], wantGeometry: true })), "us");

const step = [];
for (let r = 0; r < 5; r++) {
  const statement = new addon.ECSqlStatement();
  statement.prepare(db, "select * from bis.element");
  const start = performance.now();
  let bytes = 0;
  while (statement.step() === 100) bytes += JSON.stringify(statement.toRow({})).length;
  step.push(performance.now() - start);
  statement.dispose();
}
say("step select * from bis.element", median(step), "ms");

const concurrent = [], busy = [];
for (let r = 0; r < 7; r++) {
  const start = performance.now(), cpu = cpuOfMainThread();
  const response = await query({ kind: 1, query: "select * from bis.element", limit: { count: 20000, offset: 0 }, quota: { time: 60, memory: 200 * 1024 * 1024 } });
  const bytes = Buffer.from(JSON.stringify(response));
  concurrent.push(performance.now() - start);
  busy.push(cpuOfMainThread() - cpu);
  if (response.data.length !== 20000 || bytes.length < 1e6) throw new Error(`incomplete: ${response.data.length} rows, status ${response.status}`);
}
say("20,000 rows by concurrent query", median(concurrent), "ms");
say("main thread busy meanwhile", median(busy), "ms");

const template = db.getElement({ id: ids[0], wantGeometry: true });
const props = () => ({ classFullName: template.classFullName, model: template.model, category: template.category, code: template.code, placement: template.placement, geom: template.geom });
say("insertElement", repeat(5, 400, () => db.insertElement(props())), "us");
db.abandonChanges();
db.closeFile();
say("RSS", Number(/VmRSS:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]) / 1024, "MB");
process.exit(0);
