/** A promise with its two ends. (`Promise.withResolvers` is not in Node 20.) */
export class Deferred<T> {
  public readonly promise: Promise<T>;
  public resolve!: (value: T) => void;
  public reject!: (reason: unknown) => void;

  public constructor() {
    this.promise = new Promise<T>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Whoever waits is told; with nobody waiting a rejection is no unhandled one.
    this.promise.catch(() => undefined);
  }
}
