const refusals = new Set([401, 403, 404]);

/** The HTTP status with which the server refuses the hub; undefined if it does not, or cannot be reached. */
export async function refusedStatus(url: URL, accessToken: (() => string | Promise<string>) | undefined, signal: AbortSignal): Promise<number | undefined> {
  try {
    const token = await accessToken?.();
    const response = await fetch(new URL(`${url.pathname}/negotiate?negotiateVersion=1`, url), {
      method: "POST", signal, headers: token ? { Authorization: `Bearer ${token}` } : {},
    });
    await response.body?.cancel();
    return refusals.has(response.status) ? response.status : undefined;
  } catch {
    return undefined;
  }
}
