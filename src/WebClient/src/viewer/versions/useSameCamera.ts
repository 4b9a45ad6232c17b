import type { ScreenViewport } from "@itwin/core-frontend";
import { useEffect } from "react";
import { applyCamera, readCamera } from "../../itwin/people/camera";

/** Keeps two viewports looking from the same place: whichever is moved, the other follows. */
export function useSameCamera(first: ScreenViewport, second: ScreenViewport | undefined): void {
  useEffect(() => {
    if (!second) return;
    // Following changes the view too, which must not be followed in turn.
    let following = false;
    const follow = (leader: ScreenViewport, follower: ScreenViewport) => (): void => {
      const camera = following ? undefined : readCamera(leader);
      if (!camera) return;
      following = true;
      applyCamera(follower, camera);
      following = false;
    };
    const stops = [first.onViewChanged.addListener(follow(first, second)), second.onViewChanged.addListener(follow(second, first))];
    follow(first, second)();
    return () => stops.forEach((stop) => stop());
  }, [first, second]);
}
