import { useCallback, useEffect, useState } from "react";

export type AsyncState<T> =
  | { status: "loading"; value?: T }
  | { status: "ready"; value: T }
  | { status: "failed"; error: unknown; value?: T };

/**
 * Runs `load` whenever `dependencies` change and keeps its outcome; results of superseded runs are dropped.
 * `reload` runs it again and keeps showing the last value meanwhile.
 */
export function useAsync<T>(load: (signal: AbortSignal) => Promise<T>, dependencies: readonly unknown[]): [AsyncState<T>, () => void] {
  const [state, setState] = useState<AsyncState<T>>({ status: "loading" });
  const [run, setRun] = useState(0);
  // The caller names what `load` depends on, as with useEffect itself.
  // eslint-disable-next-line react-hooks/exhaustive-deps, react-hooks/use-memo
  const loader = useCallback(load, dependencies);
  useEffect(() => {
    const controller = new AbortController();
    // eslint-disable-next-line react-hooks/set-state-in-effect -- a new run starts with what is known
    setState((previous) => (previous.status === "failed" ? { status: "loading" } : previous));
    loader(controller.signal).then(
      (value) => {
        if (!controller.signal.aborted) setState({ status: "ready", value });
      },
      (error: unknown) => {
        if (!controller.signal.aborted) setState((previous) => ({ status: "failed", error, value: previous.value }));
      },
    );
    return () => controller.abort();
  }, [loader, run]);
  return [state, useCallback(() => setRun((value) => value + 1), [])];
}
