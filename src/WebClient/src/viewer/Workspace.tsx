import type { ScreenViewport } from "@itwin/core-frontend";
import type { Version } from "itwin-orleans-live-client";
import { useCallback, useState } from "react";
import type { OpenIModel } from "../itwin/openIModel";
import { EcsqlConsole } from "./console/EcsqlConsole";
import { useEditKeys } from "./edit/useEditKeys";
import { useEditor } from "./edit/useEditor";
import { type LeftPanel, leftPanelLabel, LeftPanelContent } from "./LeftPanelContent";
import { PropertiesPanel } from "./panels/PropertiesPanel";
import { Rail } from "./Rail";
import { Splitter } from "./Splitter";
import { StatusBar } from "./StatusBar";
import { useSelection } from "./useSelection";
import { VersionPane } from "./versions/VersionPane";
import { ViewerToasts } from "./ViewerToasts";
import { ViewportArea } from "./ViewportArea";

/** An open iModel: the viewport in the middle, trees on the left, properties on the right, the console below. */
export function Workspace({ iModel }: { iModel: OpenIModel }): React.JSX.Element {
  const [viewport, setViewport] = useState<ScreenViewport>();
  const [left, setLeft] = useState<LeftPanel | undefined>("models");
  const [leftWidth, setLeftWidth] = useState(280);
  const [right, setRight] = useState(true);
  const [rightWidth, setRightWidth] = useState(320);
  const [console, setConsole] = useState(false);
  const [consoleHeight, setConsoleHeight] = useState(300);
  const [version, setVersion] = useState<Version>();
  const selection = useSelection(iModel.connection);
  const showHistory = useCallback(() => setLeft("history"), []);
  const editor = useEditor(iModel.live, viewport, showHistory);
  useEditKeys(editor);

  return (
    <main className="workspace">
      <Rail isLive={iModel.live !== undefined} left={left} onLeft={setLeft} right={right} onRight={setRight} console={console} onConsole={setConsole} />
      {left && (
        <>
          <aside className="panel" style={{ width: leftWidth }} aria-label={leftPanelLabel(left)}>
            {viewport && <LeftPanelContent panel={left} iModel={iModel} viewport={viewport} version={version} onVersion={setVersion} />}
          </aside>
          <Splitter label="Width of the left panel" axis="x" direction={1} size={leftWidth} min={200} max={560} onResize={setLeftWidth} />
        </>
      )}
      <div className="centre">
        <div className="views">
          <ViewportArea iModel={iModel} viewport={viewport} onViewport={setViewport} selected={selection.length} editor={editor} />
          {version && viewport && <VersionPane key={version.id} version={version} live={viewport} onClose={() => setVersion(undefined)} />}
        </div>
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
            <PropertiesPanel iModel={iModel.connection} viewport={viewport} selection={selection} editor={editor} />
          </aside>
        </>
      )}
      <StatusBar iModel={iModel} viewport={viewport} selected={selection.length} />
      <ViewerToasts />
    </main>
  );
}
