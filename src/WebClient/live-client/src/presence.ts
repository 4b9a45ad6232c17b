import { LiveEvent } from "./liveEvent.js";
import type { Person, PresenceProps } from "./person.js";

/** What changed among the people of an iModel. */
export interface PresenceChange {
  readonly joined: readonly Person[];
  readonly left: readonly Person[];
  readonly changed: readonly Person[];
}

/** The server's message: people that joined, sessions that left, and what changed of the others; or everybody. */
export interface PresenceMessage {
  people?: readonly Person[];
  joined?: readonly Person[];
  left?: readonly string[];
  changed?: readonly ({ session: string } & PresenceProps)[];
}

/** More often than this nobody would see it; the server merges as well. */
const shortestIntervalMs = 80;

/** Who has the iModel open, and what they have in hand. One's own session is among them. */
export class Presence {
  /** After people joined, left or changed. */
  public readonly onChanged = new LiveEvent<PresenceChange>();
  private readonly _people = new Map<string, Person>();
  private _mine: PresenceProps = {};
  private _unsent: PresenceProps = {};
  private _timer?: ReturnType<typeof setTimeout>;

  public constructor(private readonly _send: (props: PresenceProps) => void) {}

  /** In the order in which they came. */
  public get people(): readonly Person[] {
    return [...this._people.values()];
  }

  public get(session: string): Person | undefined {
    return this._people.get(session);
  }

  /** Shows the others what this session has in hand. Only what is named changes; frequent calls are merged. */
  public set(props: PresenceProps): void {
    this._mine = { ...this._mine, ...props };
    this._unsent = { ...this._unsent, ...props };
    this._timer ??= setTimeout(() => {
      this._timer = undefined;
      this._flush();
    }, shortestIntervalMs);
  }

  /** For the connection: the people as they are now, after opening. What was set before is told again. */
  public reset(people: readonly Person[]): void {
    this._replace(people);
    this._unsent = this._mine;
    this._flush();
  }

  /** For the connection. */
  public apply(message: PresenceMessage): void {
    if (message.people) {
      this._replace(message.people);
      return;
    }
    const left: Person[] = [];
    for (const session of message.left ?? []) {
      const person = this._people.get(session);
      if (person && this._people.delete(session)) left.push(person);
    }
    for (const person of message.joined ?? []) this._people.set(person.session, person);
    const changed: Person[] = [];
    for (const change of message.changed ?? []) {
      const person = this._people.get(change.session);
      if (!person) continue;
      const next = { ...person, ...change };
      this._people.set(change.session, next);
      changed.push(next);
    }
    this.onChanged.raise({ joined: message.joined ?? [], left, changed });
  }

  /** For the connection. */
  public dispose(): void {
    clearTimeout(this._timer);
    this._timer = undefined;
  }

  private _replace(people: readonly Person[]): void {
    const left = this.people.filter(({ session }) => !people.some((person) => person.session === session));
    this._people.clear();
    for (const person of people) this._people.set(person.session, person);
    this.onChanged.raise({ joined: people, left, changed: [] });
  }

  private _flush(): void {
    if (Object.keys(this._unsent).length === 0) return;
    this._send(this._unsent);
    this._unsent = {};
  }
}
