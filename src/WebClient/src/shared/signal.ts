import { useSyncExternalStore } from "react";

/** A value that components can follow: the small bridge between long-lived services and React. */
export class Signal<T> {
  private readonly _listeners = new Set<() => void>();

  public constructor(private _value: T) {}

  public get value(): T {
    return this._value;
  }

  public set value(value: T) {
    if (Object.is(value, this._value)) return;
    this._value = value;
    for (const listener of [...this._listeners]) listener();
  }

  public readonly subscribe = (listener: () => void): (() => void) => {
    this._listeners.add(listener);
    return () => this._listeners.delete(listener);
  };
}

export function useSignal<T>(signal: Signal<T>): T {
  return useSyncExternalStore(signal.subscribe, () => signal.value);
}
