import { SvgClose, SvgDownload, SvgHistory, SvgLightbulbHollow, SvgPlay, SvgScript } from "@itwin/itwinui-icons-react";
import { Button, DropdownMenu, IconButton, MenuItem, NonIdealState, ProgressRadial } from "@itwin/itwinui-react";
import type { IModelConnection, ScreenViewport } from "@itwin/core-frontend";
import { useState } from "react";
import { downloadCsv } from "./csv";
import { QueryFailure } from "./QueryFailure";
import { ResultTable } from "./ResultTable";
import { sampleQueries } from "./sampleQueries";
import { pageSize, useQuery } from "./useQuery";
import "./console.css";

interface Props {
  iModel: IModelConnection;
  viewport: ScreenViewport | undefined;
  onClose: () => void;
}

/** Asks the iModel in ECSQL and pages through the answer. */
export function EcsqlConsole({ iModel, viewport, onClose }: Props): React.JSX.Element {
  const [text, setText] = useState(sampleQueries[0]?.ecsql ?? "");
  const query = useQuery(iModel);
  const { result, error, running, history } = query;

  const showElement = (id: string): void => {
    iModel.selectionSet.replace(id);
    void viewport?.zoomToElements([id], { animateFrustumChange: true });
  };
  const pick = (label: string, icon: React.JSX.Element, items: readonly { title: string; ecsql: string }[]): React.JSX.Element => (
    <DropdownMenu placement="top-start" menuItems={(close) => items.map(({ title, ecsql }) => (
      <MenuItem key={ecsql} onClick={() => { setText(ecsql); close(); }}>{title}</MenuItem>
    ))}
    >
      <Button size="small" styleType="borderless" startIcon={icon} disabled={items.length === 0}>{label}</Button>
    </DropdownMenu>
  );

  return (
    <div className="console">
      <div className="console-bar">
        <h2>ECSQL</h2>
        {pick("Examples", <SvgLightbulbHollow />, sampleQueries)}
        {pick("History", <SvgHistory />, history.map((ecsql) => ({ title: ecsql.replace(/\s+/g, " ").slice(0, 90), ecsql })))}
        <span className="console-space" />
        {result && <IconButton size="small" styleType="borderless" label="Save these rows as CSV" onClick={() => downloadCsv(result.page)}><SvgDownload /></IconButton>}
        <IconButton size="small" styleType="borderless" label="Close the console" onClick={onClose}><SvgClose /></IconButton>
      </div>
      <div className="console-editor">
        <textarea
          aria-label="ECSQL" spellCheck={false} value={text} rows={3} placeholder="SELECT ECInstanceId, UserLabel FROM bis.Element"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void query.run(text);
          }}
        />
        <Button styleType="high-visibility" size="small" disabled={running || text.trim() === ""} startIcon={running ? <ProgressRadial size="x-small" indeterminate /> : <SvgPlay />}
          title="Ctrl+Enter" onClick={() => void query.run(text)}
        >
          Run
        </Button>
      </div>
      <div className="console-result" aria-busy={running} aria-live="polite">
        {error !== undefined ? (
          <QueryFailure error={error} />
        ) : !result ? (
          <NonIdealState className="panel-empty" svg={<SvgScript />} heading="Ask this iModel" description={`Ctrl+Enter runs the query; ${pageSize} rows are shown at a time.`} />
        ) : (
          <ResultTable result={result} running={running} onPage={query.goTo} onShowElement={showElement} />
        )}
      </div>
    </div>
  );
}
