import { backendOrigin } from "../config";
import { HttpError } from "../shared/errors";
import { authorization } from "./accessToken";

/** Address of an iModel's file; a key may have slashes, which stay. */
export function fileUrl(key: string): string {
  return new URL(`/api/files/${key.split("/").map(encodeURIComponent).join("/")}`, backendOrigin).href;
}

/**
 * Sends a file to the catalogue under its name. Throws HttpError with the server's reason: 409 if there is one of that name already and
 * `replace` is false, 422 if it is no iModel.
 * @param onProgress called with the share that was sent, 0 to 1.
 */
export async function uploadFile(file: File, replace: boolean, onProgress: (share: number) => void, signal: AbortSignal): Promise<void> {
  // Not fetch: only XMLHttpRequest tells how much of a body was sent.
  const request = new XMLHttpRequest();
  const done = new Promise<void>((resolve, reject) => {
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => (request.status < 300 ? resolve() : reject(new HttpError(request.status, reasonOf(request.responseText))));
    request.onerror = () => reject(new HttpError(-1, "The connection broke while the file was sent."));
    request.onabort = () => reject(new DOMException("The upload was stopped.", "AbortError"));
  });
  request.open("PUT", `${fileUrl(file.name)}${replace ? "?replace=true" : ""}`);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  const token = authorization();
  if (token) request.setRequestHeader("Authorization", token);
  signal.addEventListener("abort", () => request.abort(), { once: true });
  request.send(file);
  return done;
}

function reasonOf(body: string): string {
  try {
    const problem = JSON.parse(body) as Partial<Record<string, unknown>> | null;
    const reason = problem?.detail ?? problem?.title;
    return typeof reason === "string" ? reason : "";
  } catch {
    return "";
  }
}
