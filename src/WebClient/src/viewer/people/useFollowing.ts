import type { ScreenViewport } from "@itwin/core-frontend";
import type { Person } from "itwin-orleans-live-client";
import { useEffect } from "react";
import { applyCamera } from "../../itwin/people/camera";
import { followed } from "../../itwin/people/followed";
import type { LiveDocument } from "../../live/liveDocument";
import { useSignal } from "../../shared/signal";

/** Makes the viewport look where the followed person looks, until they leave or this person takes the view in hand. Returns the person. */
export function useFollowing(viewport: ScreenViewport, document: LiveDocument): Person | undefined {
  const session = useSignal(followed);
  const person = useSignal(document.people).find((candidate) => candidate.session === session);
  const camera = person?.camera;
  useEffect(() => {
    if (camera) applyCamera(viewport, camera);
  }, [viewport, camera]);
  useEffect(() => {
    if (session === undefined) return;
    const stop = (): void => {
      followed.value = undefined;
    };
    const host = viewport.parentDiv;
    host.addEventListener("wheel", stop);
    host.addEventListener("pointerdown", stop);
    return () => {
      host.removeEventListener("wheel", stop);
      host.removeEventListener("pointerdown", stop);
    };
  }, [viewport, session]);
  return person;
}
