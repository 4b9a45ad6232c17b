// Turns the arguments of a step into JavaScript values, and what native code returned into canonical JSON.
// README.md beside this folder describes both.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** Reads one place of a JSON value by a JSON pointer; undefined when it is not there. */
export function readPointer(value, pointer) {
  if (!pointer)
    return value;
  let at = value;
  for (const raw of pointer.split("/").slice(1)) {
    if (at === undefined || at === null)
      return undefined;
    at = at[raw.replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  return at;
}

/** Writes one place of a JSON value by a JSON pointer; the containers on the way are made when missing. */
export function writePointer(value, pointer, member) {
  const keys = pointer.split("/").slice(1).map((raw) => raw.replaceAll("~1", "/").replaceAll("~0", "~"));
  let at = value;
  for (const key of keys.slice(0, -1))
    at = at[key] ??= {};
  at[keys.at(-1)] = member;
}

/** Replaces what the pattern points at by "$masked". A `*` in the pattern stands for every member or item. */
export function applyMask(value, pattern) {
  const keys = pattern.split("/").slice(1);
  const visit = (at, depth) => {
    if (at === null || typeof at !== "object")
      return;
    const names = keys[depth] === "*" ? Object.keys(at) : [keys[depth]];
    for (const name of names) {
      if (!(name in at))
        continue;
      if (depth === keys.length - 1)
        at[name] = "$masked";
      else
        visit(at[name], depth + 1);
    }
  };
  visit(value, 0);
}

/** Deterministic bytes, so that both sides write the same "random" file: a 32-bit linear congruential generator. */
export function pseudoRandomBytes(seed, length) {
  const bytes = Buffer.alloc(length);
  let state = seed >>> 0;
  for (let i = 0; i < length; ++i) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** One file of steps: its folder, its variables, and the callbacks that were recorded since the last step. */
export class Scope {
  constructor(name, workRoot, dataFolder, addon) {
    this.name = name;
    this.folder = path.join(workRoot, name);
    this.workRoot = workRoot;
    this.dataFolder = dataFolder;
    this.addon = addon;
    this.variables = new Map();
    this.callbacks = [];
    this.waits = [];
    fs.mkdirSync(this.folder, { recursive: true });
  }

  /** A writable copy of a data file in the folder of this scope, made on first use. */
  file(name, as) {
    const target = path.join(this.folder, as ?? name);
    if (!fs.existsSync(target)) {
      fs.copyFileSync(path.join(this.dataFolder, name), target);
      fs.chmodSync(target, 0o644);
    }
    return target;
  }

  path(relative) {
    return path.join(this.folder, relative);
  }

  variable(name) {
    if (!this.variables.has(name))
      throw new ListError(`variable ${name} is not bound`);
    return this.variables.get(name);
  }

  /** `"$db"` or `"$db/path"` in `on`. */
  receiver(text) {
    return this.variable(text.slice(1));
  }

  argument(json) {
    if (Array.isArray(json))
      return json.map((item) => this.argument(item));
    if (json === null || typeof json !== "object")
      return json;
    if ("$file" in json)
      return this.file(json.$file, json.as);
    if ("$path" in json)
      return this.path(json.$path);
    if ("$var" in json)
      return readPointer(this.variable(json.$var), json.path);
    if ("$undefined" in json)
      return undefined;
    if ("$number" in json)
      return Number(json.$number);
    if ("$bytes" in json)
      return new Uint8Array(Buffer.from(json.$bytes, "base64"));
    if ("$arrayBuffer" in json)
      return new Uint8Array(Buffer.from(json.$arrayBuffer, "base64")).buffer;
    if ("$repeat" in json)
      return json.$repeat.repeat(json.count);
    if ("$concat" in json)
      return json.$concat.map((part) => this.argument(part)).join("");
    if ("$json" in json)
      return JSON.stringify(this.argument(json.$json));
    if ("$callback" in json)
      return this.callback(json);
    const out = {};
    for (const [key, member] of Object.entries(json)) {
      // As in JSON: a member that is undefined is left out.
      const value = this.argument(member);
      if (value !== undefined)
        out[key] = value;
    }
    return out;
  }

  callback(json) {
    let done;
    if (json.awaits !== false)
      this.waits.push(new Promise((resolve) => { done = resolve; }));
    const returns = "returns" in json ? this.argument(json.returns) : undefined;
    return (...args) => {
      if (json.records !== false)
        this.record(json.$callback, args);
      done?.();
      return returns;
    };
  }

  record(name, args) {
    this.callbacks.push({ name, args: args.map((arg) => this.canonical(arg)) });
  }

  /** The canonical JSON of a value from native code. Inside objects and arrays undefined and NaN are what JSON makes of them. */
  canonical(value, nested = false) {
    switch (typeof value) {
      case "undefined":
        return nested ? null : { $undefined: true };
      case "function":
        return { $function: true };
      case "number":
        return Number.isFinite(value) ? value : nested ? null : { $number: String(value) };
      case "string":
        return this.withoutPaths(value);
      case "object":
        break;
      default:
        return value;
    }
    if (value === null)
      return null;
    if (ArrayBuffer.isView(value))
      return this.bytes(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
    if (value instanceof ArrayBuffer)
      return this.bytes(Buffer.from(value));
    if (Array.isArray(value))
      return value.map((item) => this.canonical(item, true));
    const className = value.constructor?.name;
    if (className && className in this.addon && value instanceof this.addon[className])
      return { $object: true };
    const out = {};
    for (const key of Object.keys(value)) {
      if (value[key] !== undefined)
        out[key] = this.canonical(value[key], true);
    }
    return out;
  }

  /** Bytes by length and hash; or, in a step that says so, the JSON that they are the text of. */
  bytes(buffer) {
    return this.bytesAsJson ? this.canonical(JSON.parse(buffer.toString("utf8")), true) : binary(buffer);
  }

  error(error) {
    if (error instanceof ListError)
      throw error;
    const out = { name: error.name, message: this.withoutPaths(error.message) };
    if (error.errorNumber !== undefined)
      out.number = error.errorNumber;
    if (error.iTwinErrorId !== undefined)
      out.id = { scope: error.iTwinErrorId.scope, key: error.iTwinErrorId.key };
    return out;
  }

  /** Folders differ between the two sides; names in them do not. */
  withoutPaths(text) {
    return text.replaceAll(this.workRoot, "$WORK").replaceAll(this.assets, "$ASSETS");
  }

  get assets() {
    return this._assets ??= this.addon.DgnDb.getAssetsDir();
  }
}

/** A fault of the list or of the runner, never an answer of native code. */
export class ListError extends Error { }

export function binary(buffer) {
  return { $binary: { length: buffer.length, sha256: createHash("sha256").update(buffer).digest("hex") } };
}
