import type { ScreenViewport } from "@itwin/core-frontend";
import { writeThumbnail } from "../home/thumbnails";

const width = 480;
const height = 270;

/** Keeps a small picture of the view in this browser, for the catalogue. */
export function captureThumbnail(viewport: ScreenViewport, key: string): void {
  const source = viewport.readImageToCanvas();
  if (source.width === 0 || source.height === 0) return;
  const target = document.createElement("canvas");
  target.width = width;
  target.height = height;
  // Covers the target and cuts the rest off evenly.
  const scale = Math.max(width / source.width, height / source.height);
  const [w, h] = [source.width * scale, source.height * scale];
  target.getContext("2d")?.drawImage(source, (width - w) / 2, (height - h) / 2, w, h);
  writeThumbnail(key, target.toDataURL("image/jpeg", 0.8));
}
