import { SvgSavedView } from "@itwin/itwinui-icons-react";
import { NonIdealState } from "@itwin/itwinui-react";
import type { ScreenViewport } from "@itwin/core-frontend";
import { useEffect, useState } from "react";
import { viewerHref } from "../../app/route";
import { notify } from "../../itwin/notifications";
import { listSavedViews, loadViewThumbnail, type SavedView } from "../../itwin/views";
import { describeError } from "../../shared/errors";
import { ErrorState } from "../../shared/ErrorState";
import { splitCamelCase } from "../../shared/text";
import { useAsync } from "../../shared/useAsync";
import { PanelFrame } from "./PanelFrame";
import { PanelSkeleton } from "./PanelSkeleton";

/** The iModel's saved views; one click shows it. */
export function SavedViewsPanel({ viewport, imodelKey }: { viewport: ScreenViewport; imodelKey: string }): React.JSX.Element {
  const [views, reload] = useAsync(async () => listSavedViews(viewport.iModel), [viewport]);
  const [current, setCurrent] = useState<string>(viewport.view.id);
  const [loading, setLoading] = useState<string>();

  const show = async (view: SavedView): Promise<void> => {
    setLoading(view.id);
    try {
      viewport.changeView(await viewport.iModel.views.load(view.id), { animateFrustumChange: true });
      setCurrent(view.id);
      window.history.replaceState(null, "", viewerHref(imodelKey, view.id));
    } catch (error) {
      const { title, detail } = describeError(error);
      notify({ severity: "negative", text: `"${view.label}" cannot be shown: ${title}`, detail });
    } finally {
      setLoading(undefined);
    }
  };

  return (
    <PanelFrame title="Saved views">
      {views.status === "failed" && !views.value ? (
        <ErrorState error={views.error} onRetry={reload} />
      ) : !views.value ? (
        <PanelSkeleton />
      ) : views.value.length === 0 ? (
        <NonIdealState className="panel-empty" svg={<SvgSavedView />} heading="No saved views" description="The iModel's author saved none; everything is shown." />
      ) : (
        <ul className="panel-body view-list">
          {views.value.map((view) => (
            <li key={view.id}>
              <button type="button" aria-pressed={view.id === current} aria-busy={view.id === loading} onClick={() => void show(view)}>
                <ViewThumbnail viewport={viewport} id={view.id} />
                <span className="view-label">{view.label}</span>
                <span className="view-kind">{splitCamelCase(view.className.replace("ViewDefinition", ""))}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </PanelFrame>
  );
}

/** The picture saved with the view, or a placeholder: most iModels have none. */
function ViewThumbnail({ viewport, id }: { viewport: ScreenViewport; id: string }): React.JSX.Element {
  const [picture, setPicture] = useState<string>();
  useEffect(() => {
    let url: string | undefined;
    let gone = false;
    void loadViewThumbnail(viewport.iModel, id).then((blob) => {
      if (!blob || gone) return;
      url = URL.createObjectURL(blob);
      setPicture(url);
    });
    return () => {
      gone = true;
      if (url) URL.revokeObjectURL(url);
    };
  }, [viewport, id]);
  return <span className="view-picture">{picture ? <img src={picture} alt="" /> : <SvgSavedView aria-hidden />}</span>;
}
