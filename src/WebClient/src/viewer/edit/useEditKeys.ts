import { useEffect } from "react";
import type { Editor } from "../../itwin/edit/Editor";

/** Ctrl+Z, Ctrl+Y (Ctrl+Shift+Z) and Delete, wherever the focus is but in a field. */
export function useEditKeys(editor: Editor | undefined): void {
  useEffect(() => {
    if (!editor) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || (event.target as Element).closest("input, textarea, [contenteditable], [role=listbox]")) return;
      const action = actionOf(event);
      if (!action) return;
      event.preventDefault();
      void editor[action]();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [editor]);
}

function actionOf({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): "undo" | "redo" | "deleteSelection" | undefined {
  if (key === "Delete") return "deleteSelection";
  if (!ctrlKey && !metaKey) return undefined;
  if (key.toLowerCase() === "y" || (key.toLowerCase() === "z" && shiftKey)) return "redo";
  return key.toLowerCase() === "z" ? "undo" : undefined;
}
