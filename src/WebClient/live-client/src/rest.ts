import { LiveError, type Refusal } from "./liveError.js";

/** The server's REST interface, with the connection's access token. Any answer but a success is thrown as a LiveError. */
export class Rest {
  public constructor(private readonly _base: URL, private readonly _accessToken?: () => string | Promise<string>) {}

  public url(path: string): URL {
    return new URL(path, this._base);
  }

  public async json<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    const response = await this.fetch(path, body === undefined ? { signal } : {
      method: "POST", signal, body: JSON.stringify(body), headers: { "Content-Type": "application/json" },
    });
    return response.json() as Promise<T>;
  }

  public async fetch(path: string, request: RequestInit = {}): Promise<Response> {
    const headers = new Headers(request.headers);
    const token = await this._accessToken?.();
    if (token) headers.set("Authorization", `Bearer ${token}`);
    const response = await fetch(this.url(path), { ...request, headers });
    if (!response.ok) throw new LiveError(await refusalOf(response));
    return response;
  }
}

/** A refusal of a transaction, or an RFC 9457 problem. */
async function refusalOf(response: Response): Promise<Refusal> {
  const body = (await response.json().catch(() => null)) as { error?: Refusal; detail?: string; title?: string } | null;
  if (body?.error?.name) return body.error;
  return { name: "Failed", message: body?.detail ?? body?.title ?? `The server answered ${response.status}.`, errorNumber: response.status };
}

/** A key may have slashes, which stay. */
export function keyPath(key: string): string {
  return key.split("/").map(encodeURIComponent).join("/");
}
