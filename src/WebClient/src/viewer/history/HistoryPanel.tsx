import { SvgHistory } from "@itwin/itwinui-icons-react";
import { Button, NonIdealState } from "@itwin/itwinui-react";
import type { ScreenViewport } from "@itwin/core-frontend";
import type { CommitSummary } from "itwin-orleans-live-client";
import { useEffect, useState } from "react";
import { showCommit } from "../../itwin/showCommit";
import type { LiveDocument } from "../../live/liveDocument";
import { ErrorState } from "../../shared/ErrorState";
import { useSignal } from "../../shared/signal";
import { useNow } from "../../shared/useNow";
import { PanelFrame } from "../panels/PanelFrame";
import { PanelSkeleton } from "../panels/PanelSkeleton";
import { HistoryEntry } from "./HistoryEntry";
import "./history.css";

/** Who changed what and when, newest first; a click shows the elements. */
export function HistoryPanel({ document, viewport }: { document: LiveDocument; viewport: ScreenViewport }): React.JSX.Element {
  const { history } = document;
  const entries = useSignal(history.entries);
  const hasOlder = useSignal(history.hasOlder);
  const people = useSignal(document.people);
  const [failure, setFailure] = useState<unknown>();
  const [isLoading, setLoading] = useState(false);
  const [shown, setShown] = useState<number>();
  const now = useNow();

  const loadOlder = async (): Promise<void> => {
    setLoading(true);
    setFailure(undefined);
    await history.loadOlder().catch(setFailure);
    setLoading(false);
  };
  useEffect(() => {
    // What the feed brought so far is only the newest.
    void history.loadOlder().catch(setFailure);
  }, [history]);

  const show = (entry: CommitSummary): void => {
    setShown(entry.sequence);
    void showCommit(viewport, history, entry);
  };

  return (
    <PanelFrame title="History">
      {failure !== undefined && entries.length === 0 ? (
        <ErrorState error={failure} onRetry={() => void loadOlder()} />
      ) : entries.length === 0 ? (
        hasOlder ? <PanelSkeleton /> : <NonIdealState className="panel-empty" svg={<SvgHistory />} heading="No changes yet" description="Everything that people change will be listed here." />
      ) : (
        <div className="panel-body">
          <ol className="history-list">
            {entries.map((entry) => (
              <HistoryEntry
                key={entry.sequence} entry={entry} now={now} isShown={entry.sequence === shown}
                color={people.find(({ user }) => user.id === entry.user.id)?.color}
                isMine={entry.session === document.live.session} onShow={() => show(entry)}
              />
            ))}
          </ol>
          {hasOlder && <Button className="history-more" size="small" styleType="borderless" disabled={isLoading} onClick={() => void loadOlder()}>Older changes</Button>}
        </div>
      )}
    </PanelFrame>
  );
}
