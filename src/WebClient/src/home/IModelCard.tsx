import { SvgDownload } from "@itwin/itwinui-icons-react";
import { Badge, IconButton, Text } from "@itwin/itwinui-react";
import { accessToken } from "../api/accessToken";
import { fileUrl } from "../api/files";
import type { IModelEntry } from "../api/imodels";
import { viewerHref } from "../app/route";
import { formatBytes, formatCount, formatLength } from "../shared/text";
import { ExtentsBox } from "./ExtentsBox";
import { readThumbnail } from "./thumbnails";

/** One iModel of the catalogue; the whole card opens it. */
export function IModelCard({ entry }: { entry: IModelEntry }): React.JSX.Element {
  const thumbnail = readThumbnail(entry.key);
  const canOpen = entry.state !== "invalid";
  return (
    <li className="card" data-state={entry.state} data-key={entry.key}>
      <a href={canOpen ? viewerHref(entry.key) : undefined} aria-disabled={!canOpen} aria-label={`Open ${entry.name}`}>
        <div className="card-picture">
          {thumbnail ? <img src={thumbnail} alt="" /> : <ExtentsBox extents={entry.extents} />}
          <StateBadge entry={entry} />
        </div>
        <div className="card-body">
          <Text as="h2" variant="subheading" title={entry.name}>{entry.name}</Text>
          <dl>
            <Fact term="Size" value={entry.sizeBytes === undefined ? undefined : formatBytes(entry.sizeBytes)} />
            {canOpen ? (
              <>
                <Fact term="Extents" value={extentsText(entry)} />
                <Fact term="Version" value={versionText(entry)} />
                <Fact term="File" value={entry.key} />
                <Fact term="iModel" value={entry.iModelId} />
              </>
            ) : (
              <Fact term="Problem" value={entry.reason} />
            )}
          </dl>
        </div>
      </a>
      {/* A plain link cannot carry a token. */}
      {canOpen && accessToken.value === "" && (
        <IconButton as="a" className="card-download" size="small" styleType="borderless" label={`Download ${entry.name}`} href={fileUrl(entry.key)}><SvgDownload /></IconButton>
      )}
    </li>
  );
}

export function IModelCardSkeleton(): React.JSX.Element {
  return <li className="card card-skeleton" aria-hidden><div className="card-picture" /><div className="card-body"><span /><span /><span /></div></li>;
}

function Fact({ term, value }: { term: string; value: string | undefined }): React.JSX.Element {
  return <><dt>{term}</dt><dd title={value}>{value ?? "–"}</dd></>;
}

const badgeColors = { open: "positive", invalid: "negative", unread: "informational", opening: "informational", closing: "informational", closed: "informational" } as const;

function StateBadge({ entry }: { entry: IModelEntry }): React.JSX.Element | null {
  if (entry.state === "closed") return null;
  const isOpen = entry.state === "open";
  const text = isOpen && entry.sessions > 0 ? formatCount(entry.sessions, "session") : entry.state;
  return <Badge className="card-state" backgroundColor={badgeColors[entry.state]}>{text}</Badge>;
}

function extentsText({ extents }: IModelEntry): string | undefined {
  return extents?.high.map((high, axis) => formatLength(high - (extents.low[axis] ?? 0))).join(" × ");
}

function versionText({ changeset }: IModelEntry): string | undefined {
  if (!changeset) return undefined;
  return changeset.id === "" ? "Baseline" : `Changeset ${changeset.index || changeset.id.slice(0, 8)}`;
}
