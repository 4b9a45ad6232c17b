import type { User } from "./person.js";

/** Why the server refused something; `Refused` is what the native library refused, with its IModelStatus in `errorNumber`. */
export type RefusalName =
  | "InvalidTransaction" | "OperationIdReused" | "Conflict" | "Locked" | "NothingToUndo" | "NothingToRedo" | "NotWritable" | "TooLarge"
  | "StorageFull" | "StorageFailed" | "Busy" | "Moved" | "Refused";

/** An element that somebody else changed, and the commit that did. */
export interface ConflictingElement {
  readonly id: string;
  readonly sequence: number;
  readonly user?: User;
}

/** An element that somebody else has locked. */
export interface LockedElement {
  readonly id: string;
  readonly session: string;
  readonly user?: User;
}

/** A refusal as the server sends it. */
export interface Refusal {
  readonly name?: string;
  readonly message: string;
  readonly errorNumber?: number;
  /** Index of the operation that was refused. */
  readonly operation?: number;
  readonly conflicts?: readonly ConflictingElement[];
  readonly locks?: readonly LockedElement[];
}

/** Something that the server refused, or could not do. Nothing of it was applied. */
export class LiveError extends Error {
  public readonly errorNumber?: number;
  public readonly operation?: number;
  public readonly conflicts: readonly ConflictingElement[];
  public readonly locks: readonly LockedElement[];

  /** @param refusal As the server sent it, with whatever else it says. */
  public constructor(public readonly refusal: Refusal) {
    super(refusal.message);
    // Set and not declared: callers compare it with `RefusalName`, and a newer server may know further names.
    this.name = refusal.name ?? "Failed";
    this.errorNumber = refusal.errorNumber;
    this.operation = refusal.operation;
    this.conflicts = refusal.conflicts ?? [];
    this.locks = refusal.locks ?? [];
  }

  /** Whether it was refused for this reason. */
  public is(name: RefusalName): boolean {
    return this.name === name;
  }
}

/** The answer, unless it is `{ error }`: then throws that as a LiveError. */
export function unwrap<T>(answer: T | { readonly error: Refusal } | null | undefined): T {
  if (typeof answer === "object" && answer !== null && "error" in answer && isRefusal(answer.error)) throw new LiveError(answer.error);
  return answer as T;
}

function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && "message" in value;
}
