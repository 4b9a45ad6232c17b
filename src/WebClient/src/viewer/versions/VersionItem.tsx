import { SvgCompare, SvgDownload } from "@itwin/itwinui-icons-react";
import { DropdownMenu, IconButton, MenuItem } from "@itwin/itwinui-react";
import type { Version, Versions } from "itwin-orleans-live-client";
import { formatAgo, formatBytes } from "../../shared/text";
import { downloadChangeset, downloadFile } from "./download";

interface Props {
  version: Version;
  versions: Versions;
  now: number;
  isShown: boolean;
  onShow: () => void;
}

/** One named version. */
export function VersionItem({ version, versions, now, isShown, onShow }: Props): React.JSX.Element {
  const time = new Date(version.time);
  return (
    <li className="version" data-version={version.index} data-shown={isShown}>
      <span className="version-index" title={version.id}>{version.index}</span>
      <span className="version-name">{version.name}</span>
      <span className="version-facts">
        {version.user.name} · <time dateTime={version.time} title={time.toLocaleString("en")}>{formatAgo(time, now)}</time> · change #{version.state.sequence}
      </span>
      <span className="version-actions">
        <IconButton size="small" styleType="borderless" label={isShown ? "Close the version" : "Show beside the live iModel"} isActive={isShown} onClick={onShow}><SvgCompare /></IconButton>
        <DropdownMenu
          placement="bottom-end"
          menuItems={(close) => [
            <MenuItem key="file" sublabel={formatBytes(version.fileSize)} onClick={() => { close(); void downloadFile(versions, version); }}>iModel file</MenuItem>,
            <MenuItem key="changeset" sublabel={formatBytes(version.changesetSize)} onClick={() => { close(); void downloadChangeset(versions, version); }}>Changeset file</MenuItem>,
          ]}
        >
          <IconButton size="small" styleType="borderless" label="Download"><SvgDownload /></IconButton>
        </DropdownMenu>
      </span>
    </li>
  );
}
