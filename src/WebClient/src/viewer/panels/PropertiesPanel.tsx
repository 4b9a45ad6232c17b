import { SvgChevronLeft, SvgChevronRight, SvgCursorClick, SvgIsolate, SvgVisibilityHide, SvgZoomInCircular } from "@itwin/itwinui-icons-react";
import { ExpandableBlock, IconButton, NonIdealState, SearchBox, Text } from "@itwin/itwinui-react";
import type { IModelConnection, ScreenViewport } from "@itwin/core-frontend";
import type { LiveState } from "itwin-orleans-live-client";
import { useState } from "react";
import type { Editor } from "../../itwin/edit/Editor";
import { type ElementDetails, loadElementDetails, type PropertyGroup } from "../../itwin/properties";
import { type Command, runCommand } from "../../itwin/tools";
import { ErrorState } from "../../shared/ErrorState";
import { shortClassName } from "../../shared/text";
import { useAsync } from "../../shared/useAsync";
import { PositionForm } from "../edit/PositionForm";
import { RenameField } from "../edit/RenameField";
import { useElementVersion } from "../useElementVersion";
import { PanelFrame } from "./PanelFrame";
import { PanelSkeleton } from "./PanelSkeleton";
import { PropertyTable } from "./PropertyTable";

interface Props {
  iModel: IModelConnection;
  viewport: ScreenViewport | undefined;
  selection: readonly string[];
  /** Of a live iModel. */
  editor: Editor | undefined;
}

/** The selected element's properties; with several selected, one at a time. */
export function PropertiesPanel({ iModel, viewport, selection, editor }: Props): React.JSX.Element {
  const [index, setIndex] = useState(0);
  const shownIndex = Math.min(index, Math.max(selection.length - 1, 0));
  const id = selection[shownIndex];
  const action = (command: Command, label: string, icon: React.JSX.Element): React.JSX.Element => (
    <IconButton size="small" styleType="borderless" label={label} onClick={() => viewport && void runCommand(command, viewport)}>{icon}</IconButton>
  );
  return (
    <PanelFrame
      title="Properties"
      actions={
        id !== undefined && (
          <>
            {action("zoomToSelection", "Zoom to selected (S)", <SvgZoomInCircular />)}
            {action("isolateSelection", "Isolate selected (I)", <SvgIsolate />)}
            {action("hideSelection", "Hide selected (H)", <SvgVisibilityHide />)}
          </>
        )
      }
    >
      {selection.length > 1 && (
        <div className="selection-pager">
          <IconButton size="small" styleType="borderless" label="Previous element" disabled={shownIndex === 0} onClick={() => setIndex(shownIndex - 1)}><SvgChevronLeft /></IconButton>
          <span>Element {shownIndex + 1} of {selection.length.toLocaleString("en")}</span>
          <IconButton size="small" styleType="borderless" label="Next element" disabled={shownIndex === selection.length - 1} onClick={() => setIndex(shownIndex + 1)}><SvgChevronRight /></IconButton>
        </div>
      )}
      {id === undefined ? (
        <NonIdealState className="panel-empty" svg={<SvgCursorClick />} heading="Nothing selected" description="Click an element in the view, or an id in a query's result." />
      ) : (
        <ElementProperties key={id} iModel={iModel} id={id} editor={editor} />
      )}
    </PanelFrame>
  );
}

function ElementProperties({ iModel, id, editor }: { iModel: IModelConnection; id: string; editor: Editor | undefined }): React.JSX.Element {
  const version = useElementVersion(editor?.document, id);
  const [details, reload] = useAsync(async () => {
    const base = editor?.document.state;
    return { ...(await loadElementDetails(iModel, id)), base };
  }, [iModel, id, version]);
  const [search, setSearch] = useState("");
  if (details.status === "failed") return <ErrorState error={details.error} onRetry={reload} />;
  if (!details.value) return <PanelSkeleton />;
  const groups = filterGroups(details.value.groups, search.trim().toLowerCase());
  return (
    <>
      <ElementHead details={details.value} editor={editor} base={details.value.base} />
      {editor && <PositionForm editor={editor} id={id} version={version} />}
      <div className="panel-search"><SearchBox size="small" inputProps={{ placeholder: "Find a property", value: search, onChange: (event) => setSearch(event.target.value) }} /></div>
      <div className="panel-body property-groups" data-element={id}>
        {groups.length === 0 && <p className="panel-note">No property matches.</p>}
        {groups.map((group, position) => (
          <ExpandableBlock key={`${position} ${group.title}`} title={group.title} size="small" styleType="borderless" isExpanded>
            <PropertyTable rows={group.rows} onOpenElement={(elementId) => iModel.selectionSet.replace(elementId)} />
          </ExpandableBlock>
        ))}
      </div>
    </>
  );
}

function ElementHead({ details, editor, base }: { details: ElementDetails; editor: Editor | undefined; base: LiveState | undefined }): React.JSX.Element {
  return (
    <div className="element-head">
      {editor && base ? (
        <RenameField label={details.label} onRename={(label) => void editor.rename(details.id, label, base)} />
      ) : (
        <Text as="h3" variant="subheading">{details.label}</Text>
      )}
      <Text variant="small" isMuted>{shortClassName(details.className)} · {details.id}</Text>
    </div>
  );
}

function filterGroups(groups: readonly PropertyGroup[], wanted: string): PropertyGroup[] {
  if (wanted === "") return [...groups];
  return groups
    .map((group) => ({ ...group, rows: group.rows.filter(({ label, text }) => `${label} ${text}`.toLowerCase().includes(wanted)) }))
    .filter((group) => group.rows.length > 0);
}
