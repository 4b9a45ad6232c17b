/** A new id for an operation: no two are the same. */
export function newOperationId(): string {
  // Not randomUUID, which browsers have on secure origins only.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
