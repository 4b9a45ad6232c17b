import { SvgNamedVersionAdd, SvgRefresh } from "@itwin/itwinui-icons-react";
import { IconButton, NonIdealState } from "@itwin/itwinui-react";
import type { Version } from "itwin-orleans-live-client";
import type { LiveDocument } from "../../live/liveDocument";
import { ErrorState } from "../../shared/ErrorState";
import { useNow } from "../../shared/useNow";
import { useAsync } from "../../shared/useAsync";
import { PanelFrame } from "../panels/PanelFrame";
import { PanelSkeleton } from "../panels/PanelSkeleton";
import { NameVersionForm } from "./NameVersionForm";
import { VersionItem } from "./VersionItem";
import "./versions.css";

interface Props {
  document: LiveDocument;
  /** The version that is shown beside the live iModel. */
  shown: Version | undefined;
  onShow: (version: Version | undefined) => void;
}

/** The named states of a live iModel: name the present one, look at an older one beside it, take files along. */
export function VersionsPanel({ document, shown, onShow }: Props): React.JSX.Element {
  const [versions, reload] = useAsync(async (signal) => document.live.versions.list(signal), [document]);
  const now = useNow();
  return (
    <PanelFrame title="Versions" actions={<IconButton size="small" styleType="borderless" label="Refresh" onClick={reload}><SvgRefresh /></IconButton>}>
      <NameVersionForm versions={document.live.versions} onNamed={reload} />
      {versions.status === "failed" && !versions.value ? (
        <ErrorState error={versions.error} onRetry={reload} />
      ) : !versions.value ? (
        <PanelSkeleton />
      ) : versions.value.length === 0 ? (
        <NonIdealState className="panel-empty" svg={<SvgNamedVersionAdd />} heading="No versions yet" description="Name the present state to keep it: it can be shown beside the live iModel later, and taken along as a file." />
      ) : (
        <ol className="panel-body version-list">
          {[...versions.value].reverse().map((version) => (
            <VersionItem
              key={version.index} version={version} versions={document.live.versions} now={now}
              isShown={shown?.index === version.index} onShow={() => onShow(shown?.index === version.index ? undefined : version)}
            />
          ))}
        </ol>
      )}
    </PanelFrame>
  );
}
