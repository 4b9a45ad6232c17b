import type { User } from "./person.js";
import { keyPath, type Rest } from "./rest.js";
import type { LiveState } from "./state.js";

/**
 * A named state of a live iModel: an iTwin changeset of everything since the version before, and a file. Any frontend opens it as a fixed version
 * under the iModel's ids and this changeset id.
 */
export interface Version {
  /** The changeset's index in the timeline, from 1. */
  readonly index: number;
  /** The changeset's id. */
  readonly id: string;
  /** The id of the changeset before; empty for the first. */
  readonly parentId: string;
  readonly name: string;
  readonly user: User;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly state: LiveState;
  /** Bytes. */
  readonly fileSize: number;
  /** Bytes. */
  readonly changesetSize: number;
}

/** The versions of one live iModel. */
export class Versions {
  public constructor(private readonly _key: string, private readonly _rest: Rest) {}

  /** Oldest first. */
  public async list(signal?: AbortSignal): Promise<readonly Version[]> {
    return this._rest.json<readonly Version[]>(this._path("versions"), undefined, signal);
  }

  /** Names the current state: 1 to 255 characters. Nobody's undo ends. Throws LiveError. */
  public async name(name: string, signal?: AbortSignal): Promise<Version> {
    return this._rest.json<Version>(this._path("versions"), { name }, signal);
  }

  /** Where the version's file is: a snapshot that any iTwin.js opens. */
  public fileUrl(index: number): URL {
    return this._rest.url(this._path("versions", index));
  }

  /** Where the changeset is that leads to this version from the one before, as `applyChangeset` of any iTwin.js backend takes it. */
  public changesetUrl(index: number): URL {
    return this._rest.url(this._path("changesets", index));
  }

  /** The version's file, for servers that want the access token. */
  public async downloadFile(index: number, signal?: AbortSignal): Promise<Response> {
    return this._rest.fetch(this._path("versions", index), { signal });
  }

  /** The changeset's file, for servers that want the access token. */
  public async downloadChangeset(index: number, signal?: AbortSignal): Promise<Response> {
    return this._rest.fetch(this._path("changesets", index), { signal });
  }

  private _path(what: "versions" | "changesets", index?: number): string {
    return `/api/imodels/${keyPath(this._key)}/${what}${index === undefined ? "" : `/${index}/file`}`;
  }
}
