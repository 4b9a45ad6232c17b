import type { ChangesetIndexAndId, IModelVersion } from "@itwin/core-common";
import type { FrontendHubAccess } from "@itwin/core-frontend";

/** There is no iModelHub here: a version is opened by the changeset that it is. */
export class VersionHub implements FrontendHubAccess {
  public async getChangesetFromVersion({ version }: { version: IModelVersion }): Promise<ChangesetIndexAndId> {
    const id = version.getAsOfChangeSet();
    if (id === undefined) throw new Error("A version is opened by its changeset id.");
    return Promise.resolve({ id, index: 0 });
  }

  public async getLatestChangeset(): Promise<ChangesetIndexAndId> {
    return Promise.reject(new Error("The latest state is opened live, not as a version."));
  }

  public async getChangesetFromNamedVersion(): Promise<ChangesetIndexAndId> {
    return Promise.reject(new Error("A version is opened by its changeset id."));
  }
}
