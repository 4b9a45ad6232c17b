import type { Version, Versions } from "itwin-orleans-live-client";
import { accessToken } from "../../api/accessToken";
import { notify } from "../../itwin/notifications";
import { describeError } from "../../shared/errors";

export async function downloadFile(versions: Versions, { index }: Version): Promise<void> {
  await download(versions.fileUrl(index), async () => versions.downloadFile(index), `version-${index}.bim`);
}

export async function downloadChangeset(versions: Versions, { index, id }: Version): Promise<void> {
  await download(versions.changesetUrl(index), async () => versions.downloadChangeset(index), `${id}.changeset`);
}

/** The browser saves from the address by itself, but for a server that wants a token, which a plain link cannot carry. */
async function download(url: URL, fetchIt: () => Promise<Response>, name: string): Promise<void> {
  if (accessToken.value === "") {
    save(url.href, name);
    return;
  }
  try {
    const blobUrl = URL.createObjectURL(await (await fetchIt()).blob());
    save(blobUrl, name);
    URL.revokeObjectURL(blobUrl);
  } catch (error) {
    const { title, detail } = describeError(error);
    notify({ severity: "negative", text: `${name} was not downloaded: ${title}`, detail });
  }
}

function save(href: string, name: string): void {
  const link = document.createElement("a");
  link.href = href;
  link.download = name;
  link.click();
}
