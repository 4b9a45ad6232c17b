import {
  Svg3D, SvgCrop, SvgCursor, SvgFitToView, SvgHand, SvgIsolate, SvgMeasure, SvgRedo, SvgSelectionClear, SvgSettings, SvgSpin,
  SvgUndo, SvgVisibilityHide, SvgVisibilityShow, SvgWalk, SvgWindowArea, SvgZoom,
} from "./toolIcons";
import { DropdownMenu, IconButton, MenuItem, Popover } from "@itwin/itwinui-react";
import { IModelApp, type ScreenViewport } from "@itwin/core-frontend";
import { useEffect, useState } from "react";
import { type Command, commandToolIds, runCommand, showStandardView, standardViews } from "../itwin/tools";
import { useIs3d } from "./useIs3d";
import type { ViewportStatus } from "./useViewportStatus";
import { ViewSettings } from "./ViewSettings";

interface Props {
  viewport: ScreenViewport;
  status: ViewportStatus;
  selected: number;
}

/** The floating tool bars: working with elements on the left, moving the view on the right. */
export function ToolBars({ viewport, status, selected }: Props): React.JSX.Element {
  const activeTool = useActiveTool();
  const is3d = useIs3d(viewport);
  const tool = (command: Command, label: string, icon: React.JSX.Element, disabled = false): React.JSX.Element => (
    <IconButton
      key={command} styleType="borderless" label={label} labelProps={{ placement: "right" }} disabled={disabled}
      isActive={commandToolIds[command] !== undefined && commandToolIds[command] === activeTool}
      onClick={() => void runCommand(command, viewport)}
    >
      {icon}
    </IconButton>
  );
  const none = selected === 0;
  return (
    <>
      <div className="tool-bar tool-bar-left" role="toolbar" aria-label="Elements" aria-orientation="vertical">
        {tool("select", "Select (Esc)", <SvgCursor />)}
        {tool("measure", "Measure distance (M)", <SvgMeasure />)}
        {is3d && tool("section", "Section by plane", <SvgCrop />)}
        {is3d && tool("clearSection", "Clear sections", <SvgSelectionClear />)}
        <hr />
        {tool("isolateSelection", "Isolate selected (I)", <SvgIsolate />, none)}
        {tool("hideSelection", "Hide selected (H)", <SvgVisibilityHide />, none)}
        {tool("showAll", "Show all (A)", <SvgVisibilityShow />)}
      </div>
      <div className="tool-bar tool-bar-right" role="toolbar" aria-label="View" aria-orientation="vertical">
        {tool("fit", "Fit view (F)", <SvgFitToView />)}
        {tool("windowArea", "Window area (W)", <SvgWindowArea />)}
        {tool("zoom", "Zoom (Z)", <SvgZoom />)}
        {tool("pan", "Pan (P)", <SvgHand />)}
        {is3d && tool("rotate", "Rotate (R)", <SvgSpin />)}
        {is3d && tool("walk", "Walk (K)", <SvgWalk />)}
        {is3d && (
          <DropdownMenu
            placement="left-start"
            menuItems={(close) =>
              standardViews.map(({ id, label }) => (
                <MenuItem key={id} onClick={() => { close(); void showStandardView(viewport, id); }}>{label}</MenuItem>
              ))}
          >
            <IconButton styleType="borderless" label="Standard views" labelProps={{ placement: "left" }}><Svg3D /></IconButton>
          </DropdownMenu>
        )}
        <hr />
        {tool("undo", "Previous view (U)", <SvgUndo />, !status.canUndo)}
        {tool("redo", "Next view (Y)", <SvgRedo />, !status.canRedo)}
        <hr />
        <Popover placement="left-end" applyBackground content={<ViewSettings viewport={viewport} />}>
          <IconButton styleType="borderless" label="View settings" labelProps={{ placement: "left" }}><SvgSettings /></IconButton>
        </Popover>
      </div>
    </>
  );
}

function useActiveTool(): string | undefined {
  const [toolId, setToolId] = useState<string | undefined>(() => IModelApp.toolAdmin.activeTool?.toolId);
  useEffect(() => IModelApp.toolAdmin.activeToolChanged.addListener((tool) => setToolId(tool.toolId)), []);
  return toolId;
}
