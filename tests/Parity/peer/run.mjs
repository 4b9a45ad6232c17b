// Runs the parity list with Node.js on the raw native add-on and writes the canonical results.
// node run.mjs --addon imodeljs.node --data FOLDER --out results.json [--calls FOLDER] [--only name,name] [--work FOLDER] [--trace]
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createDomain } from "./domain.mjs";
import { changes, ecsql, sqlite } from "./macros.mjs";
import { applyMask, binary, ListError, pseudoRandomBytes, Scope } from "./values.mjs";

const callbackTimeoutMs = 60_000;
const here = path.dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    addon: { type: "string" }, data: { type: "string" }, out: { type: "string" }, calls: { type: "string", default: path.join(here, "..", "calls") },
    only: { type: "string" }, work: { type: "string" }, trace: { type: "boolean", default: false },
  },
});
for (const name of ["addon", "data", "out"]) {
  if (!options[name])
    throw new ListError(`--${name} is required`);
}

async function withTimeout(promise, what) {
  let timer;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new ListError(`${what} was not called back within ${callbackTimeoutMs} ms`)), callbackTimeoutMs);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Carries out one step; returns the raw value. */
async function carryOut(scope, step) {
  const args = () => (step.args ?? []).map((arg) => scope.argument(arg));
  if ("new" in step)
    return new scope.addon[step.new](...args());
  if ("domain" in step)
    return scope.receiver(step.on).setIModelDb(createDomain(scope, step.domain));
  if ("ecsql" in step)
    return { $canonical: ecsql(scope, step.ecsql) };
  if ("sqlite" in step)
    return { $canonical: sqlite(scope, step.sqlite) };
  if ("changes" in step)
    return { $canonical: changes(scope, step.changes) };
  if ("write" in step)
    return writeFile(scope, step.write);
  if ("copy" in step)
    return fs.copyFileSync(scope.argument(step.copy.from), scope.path(step.copy.to));
  if ("hash" in step)
    return { $canonical: binary(fs.readFileSync(scope.path(step.hash))) };
  if ("mkdir" in step)
    return void fs.mkdirSync(scope.path(step.mkdir), { recursive: true });
  if ("list" in step)
    return fs.readdirSync(scope.path(step.list)).sort();
  const target = "static" in step ? scope.addon[step.static] : "on" in step ? scope.receiver(step.on) : scope.addon;
  if ("get" in step)
    return target[step.get];
  if (typeof target?.[step.call] !== "function")
    throw new ListError(`${step.id}: there is no ${step.call} to call`);
  return target[step.call](...args());
}

function writeFile(scope, spec) {
  const target = scope.path(spec.path);
  if ("text" in spec)
    fs.writeFileSync(target, spec.text);
  else if ("base64" in spec)
    fs.writeFileSync(target, Buffer.from(spec.base64, "base64"));
  else if ("random" in spec)
    fs.writeFileSync(target, pseudoRandomBytes(spec.random.seed, spec.random.length));
  else if ("head" in spec)
    fs.writeFileSync(target, fs.readFileSync(path.join(scope.dataFolder, spec.head.of)).subarray(0, spec.head.length));
  else if ("patch" in spec) {
    const bytes = fs.readFileSync(path.join(scope.dataFolder, spec.patch.of));
    Buffer.from(spec.patch.base64, "base64").copy(bytes, spec.patch.at);
    fs.writeFileSync(target, bytes);
  } else
    throw new ListError(`nothing to write to ${spec.path}`);
}

async function runStep(scope, step, fileMasks) {
  const result = { id: step.id };
  scope.callbacks = [];
  scope.waits = [];
  scope.bytesAsJson = step.bytesAsJson === true;
  try {
    let value = await carryOut(scope, step);
    for (const wait of scope.waits)
      await withTimeout(wait, step.id);
    if (step.bind)
      scope.variables.set(step.bind, value);
    if (step.asObject)
      result.value = { $object: true };
    else
      result.value = value !== null && typeof value === "object" && "$canonical" in value ? value.$canonical : scope.canonical(value);
  } catch (error) {
    result.error = scope.error(error);
  }
  if (scope.callbacks.length > 0)
    result.callbacks = scope.callbacks;
  if ((result.error !== undefined) !== (step.expectError === true))
    result.unexpected = step.expectError ? "an error was expected" : "no error was expected";
  for (const mask of [...fileMasks, ...(step.mask ?? [])])
    applyMask(result, mask.path);
  return result;
}

const addon = createRequire(import.meta.url)(path.resolve(options.addon));
const workRoot = options.work ?? fs.mkdtempSync(path.join(os.tmpdir(), "parity-node-"));
const only = options.only?.split(",");
const output = { files: {} };
let steps = 0;
const unexpected = [];
for (const fileName of fs.readdirSync(options.calls).filter((name) => name.endsWith(".json")).sort()) {
  const name = path.basename(fileName, ".json");
  if (only && !only.includes(name))
    continue;
  const list = JSON.parse(fs.readFileSync(path.join(options.calls, fileName), "utf8"));
  const scope = new Scope(name, workRoot, options.data, addon);
  const results = [];
  const seen = new Set();
  for (const step of list.steps) {
    if (!step.id || seen.has(step.id))
      throw new ListError(`${fileName}: the id ${step.id} is missing or used twice`);
    seen.add(step.id);
    if (options.trace)
      fs.writeSync(2, `${name}:${step.id}\n`);
    const result = await runStep(scope, step, list.mask ?? []);
    results.push(result);
    steps++;
    if (result.unexpected)
      unexpected.push(`${name}:${step.id}: ${result.unexpected}${result.error ? `: ${JSON.stringify(result.error)}` : ""}`);
  }
  output.files[name] = results;
}
fs.writeFileSync(options.out, `${JSON.stringify(output, undefined, 1)}\n`);
if (!options.work)
  fs.rmSync(workRoot, { recursive: true, force: true });
console.log(`${steps} steps, ${unexpected.length} unexpected`);
for (const line of unexpected)
  console.log(line);
process.exitCode = unexpected.length === 0 ? 0 : 1;
