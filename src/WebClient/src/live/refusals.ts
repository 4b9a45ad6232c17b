import { LiveError, type User } from "itwin-orleans-live-client";

/** What a person can do about a refusal. */
export type Remedy = "applyAnyway" | "tryAgain" | "showHistory" | "none";

/** A refusal in words for people. */
export interface RefusalText {
  title: string;
  detail?: string;
  remedy: Remedy;
}

/**
 * Says why something was refused and what helps.
 * @param what What was tried, as in the history: "Move Pump 1".
 */
export function describeRefusal(what: string, error: unknown): RefusalText {
  if (!(error instanceof LiveError)) return { title: `${what}: not done`, detail: error instanceof Error ? error.message : String(error), remedy: "tryAgain" };
  switch (error.name) {
    case "Conflict":
      return conflict(what, error);
    case "Locked":
      return { title: `${what}: ${names(error.locks) || "somebody else"} is working on it`, detail: "It is locked until they are done.", remedy: "tryAgain" };
    case "NothingToUndo":
      return { title: "There is nothing of yours to undo", remedy: "none" };
    case "NothingToRedo":
      return { title: "There is nothing to redo", remedy: "none" };
    case "NotWritable":
      return { title: "This iModel cannot be changed", detail: error.message, remedy: "none" };
    case "StorageFull":
      return { title: `${what}: not saved`, detail: "The server's disk is full. Nothing was changed.", remedy: "tryAgain" };
    case "Busy":
    case "StorageFailed":
      return { title: `${what}: not saved`, detail: error.message, remedy: "tryAgain" };
    default:
      return { title: `${what}: refused`, detail: error.message, remedy: "none" };
  }
}

function conflict(what: string, error: LiveError): RefusalText {
  const who = names(error.conflicts) || "Somebody else";
  const isUndo = /^(Undo|Redo)/.test(what);
  return {
    title: `${what}: ${who} changed it meanwhile`,
    detail: isUndo ? "What you did before cannot be taken back any more without undoing theirs." : "You saw an older state.",
    remedy: isUndo ? "showHistory" : "applyAnyway",
  };
}

function names(items: readonly { user?: User }[]): string {
  return [...new Set(items.flatMap(({ user }) => (user ? [user.name] : [])))].join(", ");
}
