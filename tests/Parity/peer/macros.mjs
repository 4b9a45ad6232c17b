// Steps that stand for a fixed sequence of native calls: a whole statement or a whole changeset in one result.

const rowStatus = 100;
const defaultLimit = 50;

function bindAll(scope, statement, binds) {
  return (binds ?? []).map(([parameter, method, ...args]) =>
    scope.canonical(statement.getBinder(parameter)[method](...args.map((arg) => scope.argument(arg)))));
}

/** {db, sql, binds?: [[parameter, method, ...args]], row?, limit?, native?, metadata?} */
export function ecsql(scope, spec) {
  const statement = new scope.addon.ECSqlStatement();
  try {
    const out = { prepare: scope.canonical(statement.prepare(scope.receiver(spec.db), scope.argument(spec.sql), false)) };
    if (out.prepare.status !== 0)
      return out;
    if (spec.native)
      out.native = statement.getNativeSql();
    if (spec.binds)
      out.binds = bindAll(scope, statement, spec.binds);
    if (spec.insert) {
      out.insert = scope.canonical(statement.stepForInsert());
      return out;
    }
    out.columns = statement.getColumnCount();
    out.rows = [];
    out.end = statement.step();
    if (spec.metadata && out.end === rowStatus)
      out.metadata = scope.canonical(statement.getMetadata());
    while (out.end === rowStatus && out.rows.length < (spec.limit ?? defaultLimit)) {
      out.rows.push(scope.canonical(statement.toRow(spec.row ?? {})));
      out.end = statement.step();
    }
    return out;
  } finally {
    statement.dispose();
  }
}

/** {db, sql, binds?: [[method, parameter, value]], limit?} */
export function sqlite(scope, spec) {
  const statement = new scope.addon.SqliteStatement();
  try {
    statement.prepare(scope.receiver(spec.db), scope.argument(spec.sql), false);
    const out = { readonly: statement.isReadonly() };
    if (spec.binds)
      out.binds = spec.binds.map(([method, ...args]) => scope.canonical(statement[method](...args.map((arg) => scope.argument(arg)))));
    const count = statement.getColumnCount();
    out.columns = [];
    for (let i = 0; i < count; ++i)
      out.columns.push(statement.getColumnName(i));
    out.rows = [];
    out.end = statement.step();
    while (out.end === rowStatus && out.rows.length < (spec.limit ?? defaultLimit)) {
      const row = [];
      for (let i = 0; i < count; ++i)
        row.push(sqliteValue(scope, statement, i));
      out.rows.push(row);
      out.end = statement.step();
    }
    return out;
  } finally {
    statement.dispose();
  }
}

/** The storage classes of SQLite: 1 integer, 2 float, 3 text, 4 blob, 5 null. */
function sqliteValue(scope, statement, index) {
  switch (statement.getColumnType(index)) {
    case 1: return scope.canonical(statement.getValueInteger(index));
    case 2: return scope.canonical(statement.getValueDouble(index));
    case 3: return scope.canonical(statement.getValueString(index));
    case 4: return scope.canonical(statement.getValueBlob(index));
    default: return null;
  }
}

/** {open: [method, ...args], limit?, maskColumns?: [{table, columns, reason}]} */
export function changes(scope, spec) {
  const reader = new scope.addon.ChangesetReader();
  try {
    const [method, ...args] = spec.open;
    reader[method](...args.map((arg) => scope.argument(arg)));
    const out = { rows: [] };
    while (out.rows.length < (spec.limit ?? defaultLimit) && reader.step()) {
      const table = reader.getTableName();
      const op = reader.getOpCode();
      const row = {
        table, op, columns: reader.getColumnCount(), indirect: reader.isIndirectChange(),
        key: scope.canonical(reader.getPrimaryKeys()), keyColumns: scope.canonical(reader.getPrimaryKeyColumnIndexes()),
      };
      // SQLite's op codes: 9 delete (old values only), 18 insert (new values only), 23 update (both).
      if (op !== 18)
        row.old = changedValues(scope, reader, 0, maskedColumns(spec, table));
      if (op !== 9)
        row.new = changedValues(scope, reader, 1, maskedColumns(spec, table));
      out.rows.push(row);
    }
    out.more = reader.hasRow();
    return out;
  } finally {
    reader.close();
  }
}

function maskedColumns(spec, table) {
  return (spec.maskColumns ?? []).filter((mask) => mask.table === table).flatMap((mask) => mask.columns);
}

/** The values of one side of a change; a column that the change does not touch is undefined, which JSON cannot tell from null. */
function changedValues(scope, reader, stage, maskedIndexes) {
  return scope.canonical(reader.getRow(stage)).map((value, column) => {
    if (reader.getColumnValueType(column, stage) === undefined)
      return "$unchanged";
    return value !== null && maskedIndexes.includes(column) ? "$masked" : value;
  });
}
