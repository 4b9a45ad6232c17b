import { isString, readPreference, writePreference } from "../shared/preferences";

/** Picture (data URL) of the iModel as it was last seen in this browser. */
export function readThumbnail(key: string): string | undefined {
  return readPreference(`thumbnail.${key}`, isString);
}

export function writeThumbnail(key: string, dataUrl: string): void {
  writePreference(`thumbnail.${key}`, dataUrl);
}
