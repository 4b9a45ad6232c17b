import type { User } from "./person.js";
import type { LiveState } from "./state.js";

/**
 * Changed elements or models in iTwin.js's `NotifyEntitiesChangedArgs` shape: compressed id sets, the index of each entity's class in `meta`,
 * and the direct base classes of those.
 */
export interface ChangedEntities {
  readonly inserted?: string;
  readonly insertedMeta?: readonly number[];
  readonly updated?: string;
  readonly updatedMeta?: readonly number[];
  readonly deleted?: string;
  readonly deletedMeta?: readonly number[];
  readonly meta?: readonly { readonly name: string; readonly bases: readonly number[] }[];
}

/** A commit without what it changed in detail: a line of the history. */
export interface CommitSummary extends LiveState {
  readonly kind: "edit" | "undo" | "redo";
  readonly operationId: string;
  /** The operation that an undo or redo is of. */
  readonly undone?: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly description: string;
  readonly user: User;
  readonly session: string;
  /** How many elements and models it inserted, updated and deleted. */
  readonly changed: number;
}

/** A record of the change feed. */
export interface Commit extends CommitSummary {
  readonly elements?: ChangedEntities;
  readonly models?: ChangedEntities;
  /** Models whose geometry changed, with the guid of their new state. */
  readonly geometryGuids?: readonly { readonly id: string; readonly guid: string }[];
  /** iTwin.js's `ModelGeometryChangesProps` of each model. */
  readonly geometry?: readonly Readonly<Record<string, unknown>>[];
}
