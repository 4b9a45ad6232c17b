import { SvgAdd, SvgDelete, SvgMove, SvgRedo, SvgUndo } from "@itwin/itwinui-icons-react";
import { DropdownMenu, IconButton, MenuItem } from "@itwin/itwinui-react";
import { IModelApp } from "@itwin/core-frontend";
import { useEffect, useState } from "react";
import type { Editor } from "../../itwin/edit/Editor";
import { MoveElementsTool } from "../../itwin/edit/MoveElementsTool";
import { PlaceShapeTool } from "../../itwin/edit/PlaceShapeTool";
import { shapeKinds } from "../../itwin/edit/shapes";
import { useSignal } from "../../shared/signal";
import { ShapeSettings } from "./ShapeSettings";

/** The tools that change the iModel, over the middle of the view. */
export function EditBar({ editor, selected }: { editor: Editor; selected: number }): React.JSX.Element {
  const { document } = editor;
  const undoText = useSignal(document.undoText);
  const redoText = useSignal(document.redoText);
  const pending = useSignal(document.pending);
  const activeTool = useActiveTool();
  const isPlacing = activeTool === PlaceShapeTool.toolId;
  return (
    <div className="edit-bar-place">
      <div className="edit-bar" role="toolbar" aria-label="Edit">
        <DropdownMenu
          menuItems={(close) =>
            shapeKinds.map(({ kind, label }) => (
              <MenuItem key={kind} onClick={() => { close(); void editor.startPlacing(kind); }}>{label}</MenuItem>
            ))}
        >
          <IconButton styleType="borderless" label="Insert" isActive={isPlacing}><SvgAdd /></IconButton>
        </DropdownMenu>
        <IconButton styleType="borderless" label="Move" isActive={activeTool === MoveElementsTool.toolId} onClick={() => void editor.startMoving()}><SvgMove /></IconButton>
        <IconButton styleType="borderless" label="Delete selected (Del)" disabled={selected === 0} onClick={() => void editor.deleteSelection()}><SvgDelete /></IconButton>
        <hr />
        <IconButton styleType="borderless" label={undoText === undefined ? "Nothing to undo" : `Undo ${undoText} (Ctrl+Z)`} disabled={undoText === undefined} data-action="undo" onClick={() => void editor.undo()}><SvgUndo /></IconButton>
        <IconButton styleType="borderless" label={redoText === undefined ? "Nothing to redo" : `Redo ${redoText} (Ctrl+Y)`} disabled={redoText === undefined} data-action="redo" onClick={() => void editor.redo()}><SvgRedo /></IconButton>
        <span className="edit-pending" role="status" data-pending={pending > 0}>{pending > 0 ? "Saving…" : "Saved"}</span>
      </div>
      {isPlacing && <ShapeSettings iModel={document.connection} />}
    </div>
  );
}

function useActiveTool(): string | undefined {
  const [toolId, setToolId] = useState<string | undefined>(() => IModelApp.toolAdmin.activeTool?.toolId);
  useEffect(() => IModelApp.toolAdmin.activeToolChanged.addListener((tool) => setToolId(tool.toolId)), []);
  return toolId;
}
