/** How a person appears to the others. */
export interface PersonProps {
  name: string;
  /** CSS colour. */
  color: string;
  /** The user's id, which undo and history go by: kept by the application where nobody signs in; where people do, their token has it. */
  id?: string;
}

/** Who made a change or holds a lock, as the server's authentication knows them. */
export interface User {
  readonly id: string;
  readonly name: string;
}

/** Where a person looks. The application decides what it takes to show the same elsewhere; the server passes it on (at most a few kB). */
export type CameraPresence = Readonly<Record<string, unknown>>;

/** What a person has in hand. */
export interface PresenceProps {
  /** Ids of the selected elements. */
  selection?: readonly string[];
  camera?: CameraPresence;
  /** World coordinates in metres; null when the pointer is not over a view. */
  cursor?: readonly [x: number, y: number, z: number] | null;
}

/** One session that has the iModel open; a person with two browser tabs is two. */
export interface Person extends Readonly<PresenceProps> {
  readonly session: string;
  readonly user: User;
  readonly color: string;
}
