/**
 * - `connecting`: for the first time.
 * - `connected`: everything that was open is open.
 * - `reconnecting`: the connection was lost; it comes back by itself.
 * - `closed`: by the application.
 */
export type ConnectionState = "connecting" | "connected" | "reconnecting" | "closed";

/** A change of the connection's state. */
export interface ConnectionStateChange {
  readonly state: ConnectionState;
  /** Why it was lost, or why the last attempt failed. */
  readonly error?: Error;
  /** Milliseconds until the next attempt, while reconnecting. */
  readonly retryIn?: number;
}
