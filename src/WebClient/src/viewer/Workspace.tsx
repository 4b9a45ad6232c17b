import { SvgHierarchyTree, SvgLayers, SvgPropertiesList, SvgSavedView, SvgScript } from "@itwin/itwinui-icons-react";
import { IconButton } from "@itwin/itwinui-react";
import type { ScreenViewport } from "@itwin/core-frontend";
import { useState } from "react";
import type { OpenIModel } from "../itwin/openIModel";
import { EcsqlConsole } from "./console/EcsqlConsole";
import { CategoryPanel, ModelPanel } from "./panels/VisibilityPanels";
import { PropertiesPanel } from "./panels/PropertiesPanel";
import { SavedViewsPanel } from "./panels/SavedViewsPanel";
import { Splitter } from "./Splitter";
import { StatusBar } from "./StatusBar";
import { useSelection } from "./useSelection";
import { ViewerToasts } from "./ViewerToasts";
import { ViewportArea } from "./ViewportArea";

type LeftPanel = "models" | "categories" | "views";

const leftPanels = [
  { id: "models", label: "Models", icon: <SvgHierarchyTree /> },
  { id: "categories", label: "Categories", icon: <SvgLayers /> },
  { id: "views", label: "Saved views", icon: <SvgSavedView /> },
] as const;

/** An open iModel: the viewport in the middle, trees on the left, properties on the right, the console below. */
export function Workspace({ iModel }: { iModel: OpenIModel }): React.JSX.Element {
  const [viewport, setViewport] = useState<ScreenViewport>();
  const [left, setLeft] = useState<LeftPanel | undefined>("models");
  const [leftWidth, setLeftWidth] = useState(280);
  const [right, setRight] = useState(true);
  const [rightWidth, setRightWidth] = useState(320);
  const [console, setConsole] = useState(false);
  const [consoleHeight, setConsoleHeight] = useState(300);
  const selection = useSelection(iModel.connection);

  const rail = (label: string, icon: React.JSX.Element, isActive: boolean, toggle: () => void): React.JSX.Element => (
    <IconButton key={label} styleType="borderless" size="large" label={label} labelProps={{ placement: "right" }} isActive={isActive} aria-pressed={isActive} onClick={toggle}>
      {icon}
    </IconButton>
  );

  return (
    <main className="workspace">
      <nav className="rail" aria-label="Panels">
        {leftPanels.map(({ id, label, icon }) => rail(label, icon, left === id, () => setLeft(left === id ? undefined : id)))}
        <hr />
        {rail("Properties", <SvgPropertiesList />, right, () => setRight(!right))}
        {rail("ECSQL console", <SvgScript />, console, () => setConsole(!console))}
      </nav>
      {left && (
        <>
          <aside className="panel" style={{ width: leftWidth }} aria-label={leftPanels.find(({ id }) => id === left)?.label}>
            {viewport && left === "models" && <ModelPanel viewport={viewport} />}
            {viewport && left === "categories" && <CategoryPanel viewport={viewport} />}
            {viewport && left === "views" && <SavedViewsPanel viewport={viewport} imodelKey={iModel.key} />}
          </aside>
          <Splitter label="Width of the left panel" axis="x" direction={1} size={leftWidth} min={200} max={560} onResize={setLeftWidth} />
        </>
      )}
      <div className="centre">
        <ViewportArea iModel={iModel} viewport={viewport} onViewport={setViewport} selected={selection.length} />
        {console && (
          <>
            <Splitter label="Height of the console" axis="y" direction={-1} size={consoleHeight} min={160} max={700} onResize={setConsoleHeight} />
            <section className="panel console-panel" style={{ height: consoleHeight }} aria-label="ECSQL console">
              <EcsqlConsole iModel={iModel.connection} viewport={viewport} onClose={() => setConsole(false)} />
            </section>
          </>
        )}
      </div>
      {right && (
        <>
          <Splitter label="Width of the properties" axis="x" direction={-1} size={rightWidth} min={240} max={640} onResize={setRightWidth} />
          <aside className="panel" style={{ width: rightWidth }} aria-label="Properties">
            <PropertiesPanel iModel={iModel.connection} viewport={viewport} selection={selection} />
          </aside>
        </>
      )}
      <StatusBar iModel={iModel} viewport={viewport} selected={selection.length} />
      <ViewerToasts />
    </main>
  );
}
