import type { IModelConnection } from "@itwin/core-frontend";
import { useRef, useState } from "react";
import { queryCount, queryPage, type QueryPage, withoutSemicolon } from "../../itwin/query";
import { isStringArray, readPreference, writePreference } from "../../shared/preferences";

export const pageSize = 100;
const historyLength = 20;

export interface QueryResult {
  ecsql: string;
  pageIndex: number;
  page: QueryPage;
  /** All rows of the query; counted after the first page is shown, and unknown until then. */
  total?: number;
}

export interface QueryState {
  result: QueryResult | undefined;
  error: unknown;
  running: boolean;
  history: string[];
  run: (ecsql: string) => Promise<void>;
  goTo: (pageIndex: number) => Promise<void>;
}

/** Runs ECSQL page by page; a later query makes the outcome of an earlier one void. */
export function useQuery(iModel: IModelConnection): QueryState {
  const [result, setResult] = useState<QueryResult>();
  const [error, setError] = useState<unknown>();
  const [running, setRunning] = useState(false);
  const [history, setHistory] = useState(() => readPreference("queries", isStringArray) ?? []);
  const latest = useRef(0);

  const load = async (ecsql: string, pageIndex: number, total?: number): Promise<void> => {
    const run = ++latest.current;
    setRunning(true);
    setError(undefined);
    try {
      const page = await queryPage(iModel, ecsql, pageIndex * pageSize, pageSize);
      if (run !== latest.current) return;
      const known = page.more ? total : pageIndex * pageSize + page.rows.length;
      setResult({ ecsql, pageIndex, page, total: known });
      setRunning(false);
      if (known === undefined) {
        // The rows are what was asked for; a count that fails or is slow must not take them away.
        const counted = await queryCount(iModel, ecsql).catch(() => undefined);
        setResult((shown) => (shown?.ecsql === ecsql ? { ...shown, total: counted } : shown));
      }
    } catch (failure) {
      if (run !== latest.current) return;
      setError(failure);
      setRunning(false);
    }
  };

  return {
    result, error, running, history,
    run: async (text) => {
      const ecsql = withoutSemicolon(text);
      const next = [ecsql, ...history.filter((entry) => entry !== ecsql)].slice(0, historyLength);
      setHistory(next);
      writePreference("queries", next);
      await load(ecsql, 0);
    },
    goTo: async (pageIndex) => {
      if (result) await load(result.ecsql, pageIndex, result.total);
    },
  };
}
