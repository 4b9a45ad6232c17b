import type { ScreenViewport } from "@itwin/core-frontend";

/** Draws frames until every tile that the view wants is there. */
export async function drawView(viewport: ScreenViewport): Promise<void> {
  await viewport.waitForSceneCompletion();
  viewport.renderFrame();
}

/** The drawn scene without the overlay canvas, whose logo fades. */
export function picture(viewport: ScreenViewport): string {
  return viewport.readImageToCanvas({ omitCanvasDecorations: true }).toDataURL("image/png");
}
