/** How bytes travel in the hub's JSON. */
interface Binary {
  $binary: string;
}

/** The value with each Uint8Array in it replaced by `{ "$binary": base64 }`. */
export function encodeBinaries(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $binary: toBase64(value) } satisfies Binary;
  if (Array.isArray(value)) return value.map(encodeBinaries);
  if (isPlainObject(value)) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, encodeBinaries(item)]));
  return value;
}

/** The reverse. */
export function decodeBinaries(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decodeBinaries);
  if (!isPlainObject(value)) return value;
  if (typeof value.$binary === "string") return fromBase64(value.$binary);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, decodeBinaries(item)]));
}

/** Objects with a `toJSON` of their own (points, dates) are left to it. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !("toJSON" in value);
}

/** In pieces, because the arguments of a call are limited. */
function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += 0x8000) text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  return btoa(text);
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
