import { SvgHierarchyTree, SvgHistory, SvgLayers, SvgNamedVersionAdd, SvgSavedView } from "@itwin/itwinui-icons-react";
import type { ScreenViewport } from "@itwin/core-frontend";
import type { Version } from "itwin-orleans-live-client";
import type { OpenIModel } from "../itwin/openIModel";
import { HistoryPanel } from "./history/HistoryPanel";
import { SavedViewsPanel } from "./panels/SavedViewsPanel";
import { CategoryPanel, ModelPanel } from "./panels/VisibilityPanels";
import { VersionsPanel } from "./versions/VersionsPanel";

export type LeftPanel = "models" | "categories" | "views" | "history" | "versions";

export const leftPanels: readonly { id: LeftPanel; label: string; icon: React.JSX.Element; ofLive: boolean }[] = [
  { id: "models", label: "Models", icon: <SvgHierarchyTree />, ofLive: false },
  { id: "categories", label: "Categories", icon: <SvgLayers />, ofLive: false },
  { id: "views", label: "Saved views", icon: <SvgSavedView />, ofLive: false },
  { id: "history", label: "History", icon: <SvgHistory />, ofLive: true },
  { id: "versions", label: "Versions", icon: <SvgNamedVersionAdd />, ofLive: true },
];

export function leftPanelLabel(panel: LeftPanel): string {
  return leftPanels.find(({ id }) => id === panel)?.label ?? panel;
}

interface Props {
  panel: LeftPanel;
  iModel: OpenIModel;
  viewport: ScreenViewport;
  version: Version | undefined;
  onVersion: (version: Version | undefined) => void;
}

/** What the left panel shows. */
export function LeftPanelContent({ panel, iModel, viewport, version, onVersion }: Props): React.JSX.Element | null {
  switch (panel) {
    case "models":
      return <ModelPanel viewport={viewport} />;
    case "categories":
      return <CategoryPanel viewport={viewport} />;
    case "views":
      return <SavedViewsPanel viewport={viewport} imodelKey={iModel.key} />;
    case "history":
      return iModel.live ? <HistoryPanel document={iModel.live} viewport={viewport} /> : null;
    case "versions":
      return iModel.live ? <VersionsPanel document={iModel.live} shown={version} onShow={onVersion} /> : null;
  }
}
