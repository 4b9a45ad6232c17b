import { IModelApp, ScreenViewport, type ViewState } from "@itwin/core-frontend";
import { useEffect, useRef } from "react";
import { runCommand, shortcuts } from "../itwin/tools";

interface Props {
  view: ViewState;
  onViewport: (viewport: ScreenViewport | undefined) => void;
}

/** The element that iTwin.js draws into, and the viewport's life. */
export function ViewportHost({ view, onViewport }: Props): React.JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const current = useRef<ScreenViewport>(undefined);

  useEffect(() => {
    if (!host.current) return;
    const viewport = ScreenViewport.create(host.current, view);
    current.current = viewport;
    IModelApp.viewManager.addViewport(viewport);
    onViewport(viewport);
    return () => {
      onViewport(undefined);
      current.current = undefined;
      IModelApp.viewManager.dropViewport(viewport);
    };
  }, [view, onViewport]);

  const onKeyDown = (event: React.KeyboardEvent): void => {
    const command = shortcuts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!command || !current.current || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    void runCommand(command, current.current);
  };

  return (
    // A 3d viewport has no matching role: it takes keys and pointer itself, and says so by its label.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={host} className="viewport" role="application" aria-label="3D view"
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onKeyDown={onKeyDown}
      // The tools prevent the browser's own focus change, and keys should follow the pointer.
      onPointerDown={() => host.current?.focus({ preventScroll: true })}
    />
  );
}
