import { type IModelConnection, ScreenViewport, IModelApp } from "@itwin/core-frontend";
import { openIModel } from "./open";
import { runOperations } from "./operations";
import { drawView, picture } from "./picture";

/** What the page hands to the test that drives it. */
interface Outcome {
  operations: Record<string, unknown>;
  /** PNG of the default view as a data URL. */
  picture: string;
  milliseconds: Record<string, number>;
}

declare global {
  interface Window {
    outcome?: Outcome;
    failure?: string;
    /** For a test that goes on after the first picture. */
    itwin?: { connection: IModelConnection; viewport: ScreenViewport };
  }
}

async function main(): Promise<Outcome> {
  const parameters = new URLSearchParams(window.location.search);
  const milliseconds: Record<string, number> = {};
  const timed = async <T>(name: string, work: Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work;
    milliseconds[name] = Math.round(performance.now() - start);
    return result;
  };
  const connection = await timed("open", openIModel(parameters));
  const view = await timed("view", connection.views.load(await connection.views.queryDefaultViewId()));
  const host = document.getElementById("view") as HTMLDivElement;
  const viewport = ScreenViewport.create(host, view);
  IModelApp.viewManager.addViewport(viewport);
  await timed("draw", drawView(viewport));
  const drawn = picture(viewport);
  const operations = await timed("operations", runOperations(connection, viewport));
  window.itwin = { connection, viewport };
  return { operations, picture: drawn, milliseconds };
}

main().then(
  (outcome) => (window.outcome = outcome),
  (error: unknown) => (window.failure = error instanceof Error ? `${error.name}: ${error.message}\n${error.stack}` : String(error)),
);
