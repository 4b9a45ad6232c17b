import type { LiveState } from "./state.js";

/** Props as iTwin.js defines them for the entity: ElementProps, ModelProps, ElementAspectProps, RelationshipProps. */
export type EntityProps = Readonly<Record<string, unknown>>;

/**
 * One change. `name` makes an insert's id available to later operations of the transaction: `"@name"` as a whole string value in props
 * stands for it. A relationship is deleted by props with `classFullName` and `id`.
 */
export type Operation =
  | { action: "insert"; entity: EntityKind; name?: string; props: EntityProps }
  | { action: "update"; entity: EntityKind; props: EntityProps }
  | { action: "delete"; entity: "element" | "model" | "aspect"; id: string }
  | { action: "delete"; entity: "relationship"; props: EntityProps };

export type EntityKind = "element" | "model" | "aspect" | "relationship";

/** What is applied as a whole or not at all. */
export interface Transaction {
  /** Shown in the history, at most 1000 characters. */
  description?: string;
  /** The state that the operations were made for: refused with `Conflict` if what they change was changed since by somebody else. */
  base?: LiveState;
  operations: readonly Operation[];
  /** 1 to 128 characters; the same id is applied once. Made when it is absent. */
  operationId?: string;
}

/** What became of a transaction. */
export interface TransactionResult extends LiveState {
  /** Ids of inserts by the name that their operation gave them. */
  readonly ids: Readonly<Record<string, string>>;
  /** The inserted id of each operation, null where it inserted nothing. */
  readonly inserted: readonly (string | null)[];
  /** It had been applied before under this operation id. */
  readonly repeated: boolean;
  readonly operationId: string;
}

/** An undo or redo. */
export interface UndoProps {
  /** The operation to undo or redo; the newest one of this user when absent. */
  target?: string;
  description?: string;
  operationId?: string;
}
