import type { ScreenViewport } from "@itwin/core-frontend";
import { useEffect, useMemo } from "react";
import { Editor } from "../../itwin/edit/Editor";
import type { LiveDocument } from "../../live/liveDocument";
import { openDocument } from "../../live/openDocument";

/** The editor of a live iModel in its viewport; undefined for one that is only viewed. Tells the rest of the page what is open. */
export function useEditor(document: LiveDocument | undefined, viewport: ScreenViewport | undefined, onShowHistory: () => void): Editor | undefined {
  useEffect(() => {
    openDocument.value = document;
    return () => {
      openDocument.value = undefined;
    };
  }, [document]);
  return useMemo(() => (document && viewport ? new Editor(document, viewport, onShowHistory) : undefined), [document, viewport, onShowHistory]);
}
