import react from "@vitejs/plugin-react";
import { defineConfig, loadEnv } from "vite";
import { itwinAssets } from "./vite/itwinAssets.ts";

// `npm run dev` forwards REST and RPC to a running server, so that the page stays same-origin as in production.
export default defineConfig(({ mode }) => {
  const backend = loadEnv(mode, process.cwd(), "VITE_").VITE_BACKEND ?? "http://127.0.0.1:8080";
  return {
    plugins: [react(), itwinAssets("itwin")],
    base: "./",
    server: {
      proxy: { "/api": backend, "/health": backend, "/itwin-orleans-viewer": backend, "/tiles": backend },
    },
    build: {
      outDir: "dist",
      emptyOutDir: true,
      // @itwin/core-frontend is one large module graph, loaded only when an iModel is opened.
      chunkSizeWarningLimit: 6000,
    },
  };
});
