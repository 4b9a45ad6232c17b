/** How long to wait before trying again. */
export interface BackOffOptions {
  /** Milliseconds before the second attempt; the first comes at once. */
  first?: number;
  /** Milliseconds that no pause exceeds. */
  longest?: number;
}

/** Doubling pauses with jitter, so that the clients of a restarted server do not all come back in the same moment. */
export class BackOff {
  private _attempt = 0;
  private readonly _first: number;
  private readonly _longest: number;

  public constructor({ first = 200, longest = 5000 }: BackOffOptions = {}, private readonly _random: () => number = Math.random) {
    this._first = first;
    this._longest = longest;
  }

  /** Milliseconds to wait before the next attempt. */
  public next(): number {
    const attempt = this._attempt++;
    if (attempt === 0) return 0;
    const full = Math.min(this._longest, this._first * 2 ** (attempt - 1));
    return full / 2 + (full / 2) * this._random();
  }

  /** After a success. */
  public reset(): void {
    this._attempt = 0;
  }
}
