import type { ScreenViewport } from "@itwin/core-frontend";
import type { LiveIModel } from "itwin-orleans-live-client";
import { Disposables } from "../../shared/disposables";
import { surfacePoint } from "../edit/pickPoint";
import { readCamera } from "./camera";

/** Reading the depth below the pointer costs a frame; so often it is done at most. */
const cursorIntervalMs = 120;

/** More ids are not told: nobody could see them apart. */
const mostSelected = 200;

/** Shows the others what this person selects, where they look and point. Returns the un-subscriber. */
export function sharePresence(viewport: ScreenViewport, live: LiveIModel): () => void {
  const { presence } = live;
  const cleanups = new Disposables();
  const tellSelection = (): void => presence.set({ selection: [...viewport.iModel.selectionSet.elements].slice(0, mostSelected) });
  const tellCamera = (): void => presence.set({ camera: readCamera(viewport) });
  tellSelection();
  tellCamera();
  cleanups.add(viewport.iModel.selectionSet.onChanged.addListener(tellSelection), viewport.onViewChanged.addListener(tellCamera));

  let timer: ReturnType<typeof setTimeout> | undefined;
  let pointer: { x: number; y: number } | undefined;
  const tellCursor = (): void => {
    timer = undefined;
    if (pointer && !viewport.isDisposed) presence.set({ cursor: cursorAt(viewport, pointer.x, pointer.y) });
  };
  const onMove = (event: PointerEvent): void => {
    const { left, top } = viewport.parentDiv.getBoundingClientRect();
    pointer = { x: event.clientX - left, y: event.clientY - top };
    timer ??= setTimeout(tellCursor, cursorIntervalMs);
  };
  const onLeave = (): void => {
    pointer = undefined;
    presence.set({ cursor: null });
  };
  const host = viewport.parentDiv;
  host.addEventListener("pointermove", onMove);
  host.addEventListener("pointerleave", onLeave);
  cleanups.add(
    () => clearTimeout(timer),
    () => host.removeEventListener("pointermove", onMove),
    () => host.removeEventListener("pointerleave", onLeave),
  );
  return () => cleanups.dispose();
}

function cursorAt(viewport: ScreenViewport, x: number, y: number): [number, number, number] | null {
  if (!viewport.view.is3d()) return null;
  const { x: worldX, y: worldY, z: worldZ } = surfacePoint(viewport, viewport.viewToWorld({ x, y, z: 0 }));
  return [worldX, worldY, worldZ];
}
