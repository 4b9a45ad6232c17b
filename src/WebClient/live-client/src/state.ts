/**
 * Names a state of a live iModel: the commit after which it is. The sequence counts commits from 1 without a gap for the life of the iModel;
 * the epoch is the ownership under which the commit was made. `{ epoch: 0, sequence: 0 }` is the state before the first commit.
 */
export interface LiveState {
  readonly epoch: number;
  readonly sequence: number;
}

/** Whether `state` comes after `other` in the same history. */
export function isAfter(state: LiveState, other: LiveState): boolean {
  return state.sequence > other.sequence;
}
