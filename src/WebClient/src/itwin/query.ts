import { QueryBinder, type QueryOptions, type QueryPropertyMetaData, QueryRowFormat } from "@itwin/core-common";
import type { IModelConnection } from "@itwin/core-frontend";

export interface QueryPage {
  columns: QueryPropertyMetaData[];
  rows: unknown[][];
  /** There is at least one more row after this page. */
  more: boolean;
  milliseconds: number;
}

/** Runs ECSQL and reads all rows as objects by JavaScript property name. For queries with a bounded result. */
export async function queryObjects<T extends object>(iModel: IModelConnection, ecsql: string, ids: readonly string[] = []): Promise<T[]> {
  const reader = iModel.createQueryReader(ecsql, bindIds(ids), { rowFormat: QueryRowFormat.UseJsPropertyNames, abbreviateBlobs: true });
  return (await reader.toArray()) as T[];
}

/** Runs ECSQL and reads `count` rows from `offset` on, with the columns' metadata. */
export async function queryPage(iModel: IModelConnection, ecsql: string, offset: number, count: number, ids: readonly string[] = []): Promise<QueryPage> {
  const started = performance.now();
  const options: QueryOptions = {
    rowFormat: QueryRowFormat.UseECSqlPropertyIndexes, abbreviateBlobs: true, limit: { offset, count: count + 1 },
  };
  const reader = iModel.createQueryReader(ecsql, bindIds(ids), options);
  const rows = (await reader.toArray()) as unknown[][];
  const columns = await reader.getMetaData();
  return { columns, rows: rows.slice(0, count), more: rows.length > count, milliseconds: performance.now() - started };
}

/** Number of rows that the ECSQL gives. */
export async function queryCount(iModel: IModelConnection, ecsql: string): Promise<number> {
  const rows = await queryObjects<{ n: number }>(iModel, `SELECT COUNT(*) AS n FROM (${withoutSemicolon(ecsql)})`);
  return rows[0]?.n ?? 0;
}

export function withoutSemicolon(ecsql: string): string {
  return ecsql.trim().replace(/;+\s*$/, "");
}

function bindIds(ids: readonly string[]): QueryBinder | undefined {
  if (ids.length === 0) return undefined;
  const binder = new QueryBinder();
  ids.forEach((id, index) => binder.bindId(index + 1, id));
  return binder;
}
