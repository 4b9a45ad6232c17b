import type { Commit } from "../src/index.js";

/** Commits of one epoch with the sequences `first` to `last`. */
export function commits(first: number, last: number): Commit[] {
  return Array.from({ length: last - first + 1 }, (_, index) => commit(first + index));
}

export function commit(sequence: number): Commit {
  return {
    epoch: 1, sequence, kind: "edit", operationId: `op-${sequence}`, time: "2026-01-01T00:00:00Z", description: "", user: { id: "u", name: "U" }, session: "s", changed: 1,
  };
}
