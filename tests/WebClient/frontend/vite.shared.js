import path from "node:path";
import { defineConfig } from "vite";

/** One source, bundled against the packages of the version folder that asks. */
export function frontendConfig(root) {
  return defineConfig({
    root,
    base: "./",
    // Cursors, sprites, locales and parse-imdl-worker.js, which the library fetches by URL.
    publicDir: path.join(root, "node_modules/@itwin/core-frontend/lib/public"),
    plugins: [
      {
        name: "packages-of-this-version",
        enforce: "pre",
        resolveId(source, importer) {
          const isShared = importer?.startsWith(import.meta.dirname);
          return isShared && source.startsWith("@itwin/") ? this.resolve(source, path.join(root, "index.html"), { skipSelf: true }) : undefined;
        },
      },
    ],
    build: {
      outDir: path.join(root, "dist"),
      emptyOutDir: true,
      chunkSizeWarningLimit: 8000,
      rollupOptions: { input: ["index.html", "editing.html"].map((page) => path.join(root, page)) },
    },
  });
}
