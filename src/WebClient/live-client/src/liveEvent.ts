export type Listener<T> = (value: T) => void;

/** An event that anybody may follow and its owner raises. A listener that throws does not keep the others from being called. */
export class LiveEvent<T> {
  private readonly _listeners = new Set<Listener<T>>();

  /** Returns the function that removes the listener. */
  public addListener(listener: Listener<T>): () => void {
    this._listeners.add(listener);
    return () => this._listeners.delete(listener);
  }

  /** For the owner. */
  public raise(value: T): void {
    for (const listener of [...this._listeners]) {
      try {
        listener(value);
      } catch (error) {
        // Reported as an uncaught error, as browsers do for their own events.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
