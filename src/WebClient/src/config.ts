/** Origin of the server that answers REST and RPC: the page's own, unless the build names another (`VITE_BACKEND_ORIGIN`). */
export const backendOrigin = (import.meta.env.VITE_BACKEND_ORIGIN as string | undefined) ?? window.location.origin;

/** First segments of every RPC path; the server ignores them, proxies may route by them. */
export const rpcInfo = { title: "itwin-orleans-viewer", version: "v1.0" };

/** Folder of the `@itwin/core-frontend` public assets, relative to the page. */
export const itwinAssets = "itwin/";
