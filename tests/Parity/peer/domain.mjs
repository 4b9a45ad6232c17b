// The object given to `setIModelDb`: every handler that native code may look up, each recording its call.
// The names are those of core-backend's Element, Model, ElementAspect and TxnManager.
import { readPointer, writePointer } from "./values.mjs";

const entityHandlers = [
  "onInsert", "onInserted", "onUpdate", "onUpdated", "onDelete", "onDeleted",
  "onChildInsert", "onChildInserted", "onChildUpdate", "onChildUpdated", "onChildDelete", "onChildDeleted",
  "onChildAdd", "onChildAdded", "onChildDrop", "onChildDropped",
  "onSubModelInsert", "onSubModelInserted", "onSubModelDelete", "onSubModelDeleted",
  "onInsertElement", "onInsertedElement", "onUpdateElement", "onUpdatedElement", "onDeleteElement", "onDeletedElement",
];

const txnHandlers = [
  "_onBeginValidate", "_onEndValidate", "_onCommit", "_onCommitted", "_onChangesApplied", "_onGeometryChanged",
  "_onGeometryGuidsChanged", "_onBeforeUndoRedo", "_onAfterUndoRedo", "_onReplayExternalTxns",
  "_onReplayedExternalTxns", "_onAllInputsHandled", "_onBeforeOutputsHandled", "_onRootChanged",
  "_onDeletedDependency", "reportError", "_captureInstanceChanges", "_onRebaseLocalTxnConflict",
];

/** `options.mutate`: [{handler, set: {pointer: value}}]; `options.fail`: {handler: message}. */
export function createDomain(scope, options) {
  const classes = new Map();
  const handler = (owner, name, isEntity) => function (...args) {
    // Native code adds the iModel itself to the argument of a handler; it would be recorded as itself.
    const shown = args.map((arg) => isEntity && arg !== null && typeof arg === "object" && "iModel" in arg
      ? { ...arg, iModel: undefined } : arg);
    scope.record(`${owner}.${name}`, shown);
    for (const change of options.mutate ?? []) {
      if (change.handler !== name)
        continue;
      for (const [pointer, value] of Object.entries(change.set)) {
        if (readPointer(args[0], `/${pointer.split("/")[1]}`) !== undefined)
          writePointer(args[0], pointer, value);
      }
    }
    if (options.fail?.[name] !== undefined)
      throw new Error(options.fail[name]);
    return undefined;
  };
  const txns = {};
  for (const name of txnHandlers)
    txns[name] = handler("txns", name, false);
  return {
    txns,
    getJsClass(fullName) {
      if (!classes.has(fullName)) {
        const cls = {};
        for (const name of entityHandlers)
          cls[name] = handler(fullName, name, true);
        classes.set(fullName, cls);
      }
      return classes.get(fullName);
    },
    onChangesetConflict(args) {
      scope.record("onChangesetConflict", [{ cause: args?.cause, opcode: args?.opcode, indirect: args?.indirect, tableName: args?.tableName, changesetFile: args?.changesetFile }]);
      return options.conflict;
    },
  };
}
