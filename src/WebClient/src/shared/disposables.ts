/** Collects clean-up functions (event listeners, timers) and runs them once, in reverse order. */
export class Disposables {
  private _cleanups: (() => void)[] = [];

  public add(...cleanups: (() => void)[]): void {
    this._cleanups.push(...cleanups);
  }

  public dispose(): void {
    const cleanups = this._cleanups.reverse();
    this._cleanups = [];
    for (const cleanup of cleanups) cleanup();
  }
}
