import { createReadStream } from "node:fs";
import { cp, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import type { Plugin } from "vite";

const types: Record<string, string> = {
  ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png", ".wasm": "application/wasm",
};

/**
 * Serves and ships the public assets of `@itwin/core-frontend` (cursors, sprites, locales, `parse-imdl-worker.js`)
 * below `folder`. The library fetches them at run time by URL, so no bundler can find them by itself.
 */
export function itwinAssets(folder: string): Plugin {
  const entry = createRequire(import.meta.url).resolve("@itwin/core-frontend");
  const source = path.resolve(path.dirname(entry), "../public");
  let outDir = "dist";
  return {
    name: "itwin-assets",
    configResolved(config) {
      outDir = path.resolve(config.root, config.build.outDir);
    },
    configureServer(server) {
      server.middlewares.use(`/${folder}`, (request, response, next) => {
        const file = path.join(source, path.normalize(decodeURIComponent((request.url ?? "/").split("?")[0] ?? "/")));
        if (!file.startsWith(source)) {
          next();
          return;
        }
        stat(file).then(
          (info) => {
            if (!info.isFile()) {
              next();
              return;
            }
            response.setHeader("Content-Type", types[path.extname(file)] ?? "application/octet-stream");
            createReadStream(file).pipe(response);
          },
          () => next(),
        );
      });
    },
    transform(code, id) {
      // Its style sheet links a web font of another host; this page brings its own and asks nothing of others.
      return id.includes("IModeljs-css") ? code.replace("document.head.prepend(openSans);", "") : undefined;
    },
    async closeBundle() {
      await cp(source, path.join(outDir, folder), { recursive: true });
    },
  };
}
