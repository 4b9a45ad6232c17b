import { useSyncExternalStore } from "react";

export type Route = { page: "home" } | { page: "cluster" } | { page: "viewer"; key: string; viewId?: string };

/** The hash holds the route, because every other path of the origin belongs to RPC and REST. */
export function parseRoute(hash: string): Route {
  if (hash === clusterHref) return { page: "cluster" };
  const [, key, query] = /^#\/imodel\/([^?]+)(?:\?(.*))?$/.exec(hash) ?? [];
  if (!key) return { page: "home" };
  return { page: "viewer", key: decodeURIComponent(key), viewId: new URLSearchParams(query).get("view") ?? undefined };
}

export function viewerHref(key: string, viewId?: string): string {
  return `#/imodel/${encodeURIComponent(key)}${viewId ? `?view=${viewId}` : ""}`;
}

export const homeHref = "#/";
export const clusterHref = "#/cluster";

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return parseRoute(hash);
}

function subscribe(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}
