/** What a person needs to know of a failure: one sentence, and the server's own words when there are any. */
export interface ReadableError {
  title: string;
  detail?: string;
  /** Trying the same again may succeed. */
  retryable: boolean;
}

/** A REST answer that is not a success. `message` is the server's explanation if it sent one. */
export class HttpError extends Error {
  public constructor(public readonly status: number, message: string) {
    super(message);
    this.name = "HttpError";
  }
}

const byStatus: Partial<Record<number, ReadableError>> = {
  [-1]: { title: "The server cannot be reached", detail: "Check that it is running; this page tries again by itself.", retryable: true },
  401: { title: "Sign-in required", detail: "The server wants an access token.", retryable: false },
  403: { title: "Not allowed", detail: "You have no right to do this on this iModel.", retryable: false },
  404: { title: "Not found", retryable: false },
  413: { title: "The request is too large", retryable: false },
  429: { title: "The server is busy", detail: "Too many requests are waiting for this iModel. Try again in a moment.", retryable: true },
  503: { title: "The server is busy", detail: "It is starting or has no room for more work. Try again in a moment.", retryable: true },
};

/** Turns anything thrown by REST, RPC or the viewer into something to show. */
export function describeError(error: unknown): ReadableError {
  const status = statusOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (status !== undefined && byStatus[status]) {
    const readable = known(status);
    return isGeneric(message) ? readable : { ...readable, detail: message };
  }
  return { title: "Something went wrong", detail: message || undefined, retryable: true };
}

function known(status: number): ReadableError {
  return byStatus[status] ?? { title: `The server answered ${status}`, retryable: true };
}

/** HTTP status of a REST error; `errorNumber` of an RPC `ServerError` is its HTTP status, or -1 for a broken connection. */
export function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpError) return error.status;
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message)) return -1;
  if (error instanceof Error && /iModel not found/i.test(error.message)) return 404;
  if (error instanceof Error && "errorNumber" in error && typeof error.errorNumber === "number") return error.errorNumber;
  return undefined;
}

function isGeneric(message: string): boolean {
  return message === "" || /Unknown server response|Server connection error/i.test(message);
}
