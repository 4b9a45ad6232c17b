import { backendOrigin } from "../config";
import { HttpError } from "../shared/errors";
import { authorization } from "./accessToken";

/** GETs JSON from the server's REST interface. Throws HttpError with the server's own explanation. */
export async function getJson(path: string, signal?: AbortSignal): Promise<unknown> {
  const headers = new Headers({ Accept: "application/json" });
  const token = authorization();
  if (token) headers.set("Authorization", token);
  const response = await fetch(new URL(path, backendOrigin), { signal, headers });
  if (!response.ok) throw new HttpError(response.status, await explanation(response));
  return response.json() as Promise<unknown>;
}

/** `detail` or `title` of an RFC 9457 problem, or `message`; empty when the body says nothing. */
async function explanation(response: Response): Promise<string> {
  try {
    const body = (await response.json()) as Partial<Record<string, unknown>> | null;
    const text = body?.detail ?? body?.title ?? body?.message;
    return typeof text === "string" ? text : "";
  } catch {
    return "";
  }
}
