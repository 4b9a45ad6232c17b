import { Signal } from "../shared/signal";

const storageKey = "itwin-orleans.accessToken";

/** Bearer token for servers that require one; kept for this browser tab only, never on disk. */
export const accessToken = new Signal<string>(sessionStorage.getItem(storageKey) ?? "");

export function setAccessToken(token: string): void {
  sessionStorage.setItem(storageKey, token);
  accessToken.value = token;
}

/** Value of the Authorization header, or an empty string when no token is set. */
export function authorization(): string {
  return accessToken.value === "" ? "" : `Bearer ${accessToken.value}`;
}
