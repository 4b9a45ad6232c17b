import { SvgClose } from "@itwin/itwinui-icons-react";
import { IconButton } from "@itwin/itwinui-react";
import type { ScreenViewport, ViewState } from "@itwin/core-frontend";
import type { Version } from "itwin-orleans-live-client";
import { useEffect, useState } from "react";
import { openVersion } from "../../itwin/openIModel";
import { ErrorState } from "../../shared/ErrorState";
import { ViewportHost } from "../ViewportHost";
import { useSameCamera } from "./useSameCamera";

interface Props {
  version: Version;
  /** The viewport of the live iModel, whose view is shown of the version as well. */
  live: ScreenViewport;
  onClose: () => void;
}

/** A fixed version beside the live iModel; the two look from the same place. */
export function VersionPane({ version, live, onClose }: Props): React.JSX.Element {
  const [view, setView] = useState<ViewState>();
  const [viewport, setViewport] = useState<ScreenViewport>();
  const [failure, setFailure] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  useSameCamera(live, viewport);

  useEffect(() => {
    let left = false;
    const { iTwinId, iModelId } = live.iModel;
    const opened = openVersion(iTwinId ?? "", iModelId ?? "", version.id);
    const show = async (): Promise<void> => {
      const { connection } = await opened;
      const copy = live.view.clone(connection);
      await copy.load();
      if (!left) setView(copy);
    };
    show().catch((error: unknown) => {
      if (!left) setFailure(error);
    });
    return () => {
      left = true;
      setView(undefined);
      setFailure(undefined);
      // The viewport goes first.
      setTimeout(() => void opened.then(async ({ close }) => close()).catch(() => undefined));
    };
  }, [version, live, attempt]);

  return (
    <section className="version-pane" aria-label={`Version ${version.index}`}>
      <header>
        <span><strong>{version.name}</strong> · version {version.index}, read-only</span>
        <IconButton size="small" styleType="borderless" label="Close the version" onClick={onClose}><SvgClose /></IconButton>
      </header>
      <div className="version-view">
        {failure !== undefined && <ErrorState error={failure} onRetry={() => setAttempt((value) => value + 1)} />}
        {view && <ViewportHost view={view} onViewport={setViewport} />}
      </div>
    </section>
  );
}
