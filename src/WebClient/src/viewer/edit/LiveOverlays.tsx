import { Button } from "@itwin/itwinui-react";
import type { ScreenViewport } from "@itwin/core-frontend";
import type { Editor } from "../../itwin/edit/Editor";
import { useSignal } from "../../shared/signal";
import { PeopleInView } from "../people/PeopleInView";
import { EditBar } from "./EditBar";
import "./edit.css";

/** What a live iModel adds to its viewport: edit tools, the other people, and a word when the page is out of date. */
export function LiveOverlays({ editor, viewport, selected }: { editor: Editor; viewport: ScreenViewport; selected: number }): React.JSX.Element {
  const staleReason = useSignal(editor.document.staleReason);
  return (
    <>
      <PeopleInView viewport={viewport} document={editor.document} />
      <EditBar editor={editor} selected={selected} />
      {staleReason !== undefined && (
        <div className="live-stale" role="alert">
          <strong>This page is out of date</strong>
          <span>{staleReason}</span>
          <Button size="small" styleType="high-visibility" onClick={() => window.location.reload()}>Load again</Button>
        </div>
      )}
    </>
  );
}
