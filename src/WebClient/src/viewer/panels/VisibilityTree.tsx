import { SvgIsolate, SvgVisibilityHide, SvgVisibilityShow, SvgZoomInCircular } from "@itwin/itwinui-icons-react";
import { Checkbox, IconButton, NonIdealState, SearchBox, Tree, TreeNode } from "@itwin/itwinui-react";
import type { ScreenViewport } from "@itwin/core-frontend";
import { useCallback, useEffect, useMemo, useReducer, useState } from "react";
import type { TreeItem } from "../../itwin/hierarchy";
import { isolate, onVisibilityChanged, setVisible, visibilityOf } from "../../itwin/visibility";
import { ErrorState } from "../../shared/ErrorState";
import type { AsyncState } from "../../shared/useAsync";
import { PanelFrame } from "./PanelFrame";
import { PanelSkeleton } from "./PanelSkeleton";

interface Props {
  title: string;
  noun: string;
  viewport: ScreenViewport;
  tree: AsyncState<TreeItem[]>;
  empty: string;
  onReload: () => void;
  onZoom?: (item: TreeItem) => Promise<void>;
}

/** A tree whose check boxes show and hide what the viewport draws. */
export function VisibilityTree({ title, noun, viewport, tree, empty, onReload, onZoom }: Props): React.JSX.Element {
  const [search, setSearch] = useState("");
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [version, changed] = useReducer((value: number) => value + 1, 0);
  useEffect(() => onVisibilityChanged(viewport, changed), [viewport]);

  const all = useMemo(() => tree.value ?? [], [tree.value]);
  const shown = useMemo(() => filterTree(all, search.trim().toLowerCase()), [all, search]);

  const onExpanded = useCallback((id: string, isExpanded: boolean) => {
    setCollapsed((previous) => {
      const next = new Set(previous);
      if (isExpanded) next.delete(id);
      else next.add(id);
      return next;
    });
  }, []);
  const getNode = useCallback(
    (item: TreeItem) => ({
      nodeId: nodeId(item), node: item, subNodes: item.children, hasSubNodes: item.children.length > 0,
      isExpanded: search !== "" || (item.kind === "category" ? collapsed.has(`open${nodeId(item)}`) : !collapsed.has(nodeId(item))),
    }),
    [collapsed, search],
  );

  const nodeRenderer = ({ node: item, ...rest }: { node: TreeItem; nodeId: string; hasSubNodes: boolean; isExpanded?: boolean }): React.JSX.Element => {
    const state = visibilityOf(viewport, item);
    const act = (action: Promise<void>): void => void action.then(changed);
    return (
      <TreeNode
        {...rest} label={item.label} className="visibility-node"
        titleProps={{ title: item.label }}
        data-kind={item.kind} data-visibility={state}
        // Categories start closed, subjects and models open: the set holds what differs from that.
        onExpanded={(id, isExpanded) => (item.kind === "category" ? onExpanded(`open${id}`, !isExpanded) : onExpanded(id, isExpanded))}
        checkbox={
          <Checkbox
            variant="eyeball" aria-label={`Show ${item.label}`} checked={state === "visible"} indeterminate={state === "partial"}
            onChange={() => act(setVisible(viewport, [item], state !== "visible"))}
          />
        }
        icon={item.color ? <span className="swatch" style={{ background: item.color }} /> : undefined}
      >
        <span className="node-actions">
          {onZoom && <IconButton size="small" styleType="borderless" label="Zoom to" onClick={() => void onZoom(item)}><SvgZoomInCircular /></IconButton>}
          <IconButton size="small" styleType="borderless" label="Show only this" onClick={() => act(isolate(viewport, all, item))}><SvgIsolate /></IconButton>
        </span>
        {item.count !== undefined && <span className="node-count">{item.count.toLocaleString("en")}</span>}
      </TreeNode>
    );
  };

  return (
    <PanelFrame
      title={title}
      actions={
        <>
          <IconButton size="small" styleType="borderless" label="Show all" onClick={() => void setVisible(viewport, all, true).then(changed)}><SvgVisibilityShow /></IconButton>
          <IconButton size="small" styleType="borderless" label="Hide all" onClick={() => void setVisible(viewport, all, false).then(changed)}><SvgVisibilityHide /></IconButton>
        </>
      }
    >
      {tree.status === "failed" && !tree.value ? (
        <ErrorState error={tree.error} onRetry={onReload} />
      ) : !tree.value ? (
        <PanelSkeleton />
      ) : all.length === 0 ? (
        <NonIdealState className="panel-empty" svg={null} heading="" description={empty} />
      ) : (
        <>
          <div className="panel-search"><SearchBox size="small" inputProps={{ placeholder: `Find a ${noun}`, value: search, onChange: (event) => setSearch(event.target.value) }} /></div>
          <div className="panel-body" data-version={version}>
            {shown.length === 0 && <p className="panel-note">No {noun} matches.</p>}
            <Tree<TreeItem> size="small" data={shown} getNode={getNode} nodeRenderer={nodeRenderer} />
          </div>
        </>
      )}
    </PanelFrame>
  );
}

const nodeId = (item: TreeItem): string => `${item.kind}-${item.id}`;

/** Items that match, with their ancestors and everything below them. */
function filterTree(items: readonly TreeItem[], wanted: string): TreeItem[] {
  if (wanted === "") return [...items];
  return items.flatMap((item) => {
    if (item.label.toLowerCase().includes(wanted)) return [item];
    const children = filterTree(item.children, wanted);
    return children.length > 0 ? [{ ...item, children }] : [];
  });
}
