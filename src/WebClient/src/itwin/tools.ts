import {
  EmphasizeElements, FitViewTool, IModelApp, LookAndMoveTool, MeasureDistanceTool, PanViewTool, RotateViewTool, type ScreenViewport,
  StandardViewId, StandardViewTool, ViewClipByPlaneTool, ViewClipClearTool, ViewClipDecorationProvider, ViewRedoTool, ViewUndoTool,
  WindowAreaTool, ZoomViewTool,
} from "@itwin/core-frontend";

/** Commands of the viewer; each acts on the given viewport. */
export const commands = {
  select: async () => IModelApp.toolAdmin.startDefaultTool(),
  fit: async (viewport: ScreenViewport) => IModelApp.tools.run(FitViewTool.toolId, viewport, true),
  windowArea: async (viewport: ScreenViewport) => IModelApp.tools.run(WindowAreaTool.toolId, viewport),
  zoom: async (viewport: ScreenViewport) => IModelApp.tools.run(ZoomViewTool.toolId, viewport),
  pan: async (viewport: ScreenViewport) => IModelApp.tools.run(PanViewTool.toolId, viewport),
  rotate: async (viewport: ScreenViewport) => IModelApp.tools.run(RotateViewTool.toolId, viewport),
  walk: async (viewport: ScreenViewport) => IModelApp.tools.run(LookAndMoveTool.toolId, viewport),
  undo: async (viewport: ScreenViewport) => IModelApp.tools.run(ViewUndoTool.toolId, viewport),
  redo: async (viewport: ScreenViewport) => IModelApp.tools.run(ViewRedoTool.toolId, viewport),
  measure: async () => IModelApp.tools.run(MeasureDistanceTool.toolId),
  section: async () => IModelApp.tools.run(ViewClipByPlaneTool.toolId, ViewClipDecorationProvider.create()),
  clearSection: async () => IModelApp.tools.run(ViewClipClearTool.toolId),
  zoomToSelection: async (viewport: ScreenViewport) => viewport.zoomToElements([...viewport.iModel.selectionSet.elements], { animateFrustumChange: true }),
  hideSelection: async (viewport: ScreenViewport) => {
    EmphasizeElements.getOrCreate(viewport).hideSelectedElements(viewport);
    viewport.iModel.selectionSet.emptyAll();
    return Promise.resolve();
  },
  isolateSelection: async (viewport: ScreenViewport) => Promise.resolve(EmphasizeElements.getOrCreate(viewport).isolateSelectedElements(viewport, true, false)),
  showAll: async (viewport: ScreenViewport) => {
    EmphasizeElements.clear(viewport);
    return Promise.resolve();
  },
} as const;

export type Command = keyof typeof commands;

/** Runs a command and reports whether it started. */
export async function runCommand(command: Command, viewport: ScreenViewport): Promise<void> {
  await commands[command](viewport);
}

export const standardViews: readonly { id: StandardViewId; label: string }[] = [
  { id: StandardViewId.Top, label: "Top" },
  { id: StandardViewId.Front, label: "Front" },
  { id: StandardViewId.Right, label: "Right" },
  { id: StandardViewId.Back, label: "Back" },
  { id: StandardViewId.Left, label: "Left" },
  { id: StandardViewId.Bottom, label: "Bottom" },
  { id: StandardViewId.Iso, label: "Isometric" },
  { id: StandardViewId.RightIso, label: "Right isometric" },
];

export async function showStandardView(viewport: ScreenViewport, id: StandardViewId): Promise<void> {
  await IModelApp.tools.run(StandardViewTool.toolId, viewport, id);
}

/** Keys that run a command while the viewport has the focus. */
export const shortcuts: Partial<Record<string, Command>> = {
  Escape: "select", f: "fit", w: "windowArea", z: "zoom", p: "pan", r: "rotate", k: "walk", u: "undo", y: "redo",
  m: "measure", h: "hideSelection", i: "isolateSelection", a: "showAll", s: "zoomToSelection",
};

/** Tools that stay active, by command: their button is shown pressed. */
export const commandToolIds: Partial<Record<Command, string>> = {
  select: "Select", windowArea: WindowAreaTool.toolId, zoom: ZoomViewTool.toolId, pan: PanViewTool.toolId, rotate: RotateViewTool.toolId,
  walk: LookAndMoveTool.toolId, measure: MeasureDistanceTool.toolId, section: ViewClipByPlaneTool.toolId,
};
