import { backendOrigin } from "../config";
import { Signal } from "../shared/signal";

/** Whether the server answers: `lost` from the first broken request until one succeeds again. */
export const connection = new Signal<"ok" | "lost">("ok");

const giveUpAfterMs = 3 * 60_000;
const transientStatuses = new Set([502, 503, 504]);

/**
 * `fetch` that outlives a server restart: a broken connection, or a gateway saying that the server is away, is tried again with growing
 * pauses until it answers. Only for requests that are safe to repeat; everything this page sends is a read.
 */
export async function resilientFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const started = performance.now();
  for (let attempt = 0; ; attempt++) {
    const outcome = await tryFetch(input, init);
    const isAnswer = outcome instanceof Response;
    const isLost = !isAnswer || isAway(outcome);
    connection.value = isLost ? "lost" : "ok";
    if (!isLost || init?.signal?.aborted || performance.now() - started > giveUpAfterMs) {
      if (isAnswer) return outcome;
      throw outcome;
    }
    await pause(Math.min(250 * 2 ** attempt, 4000));
  }
}

/** Asks once whether the server is alive and updates `connection`. */
export async function probeConnection(): Promise<boolean> {
  const outcome = await tryFetch(new URL("/health/live", backendOrigin), { cache: "no-store" });
  const alive = outcome instanceof Response && !isAway(outcome);
  connection.value = alive ? "ok" : "lost";
  return alive;
}

/** A gateway's 502/503/504; the server itself says how long to wait when it is only busy, and RPC honours that. */
function isAway(response: Response): boolean {
  return transientStatuses.has(response.status) && !response.headers.has("Retry-After");
}

async function tryFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response | Error> {
  try {
    // A request with a body can be sent only once; its clone can be sent again.
    return await fetch(input instanceof Request ? input.clone() : input, init);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

const pause = async (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
