import { SvgImodelHollow, SvgRefresh, SvgSearch, SvgNetwork } from "@itwin/itwinui-icons-react";
import { Button, IconButton, NonIdealState, SearchBox, Text } from "@itwin/itwinui-react";
import { useDeferredValue, useEffect, useState } from "react";
import { type IModelEntry, listIModels } from "../api/imodels";
import { clusterHref } from "../app/route";
import { describeError } from "../shared/errors";
import { ErrorState } from "../shared/ErrorState";
import { formatBytes, formatCount } from "../shared/text";
import { useAsync } from "../shared/useAsync";
import { AddButton } from "./AddButton";
import { DropZone } from "./DropZone";
import { IModelCard, IModelCardSkeleton } from "./IModelCard";
import { UploadList } from "./UploadList";
import { useUploads } from "./useUploads";
import "./home.css";

const refreshIntervalMs = 10_000;
/** While the server reads, opens or closes one, which takes seconds. */
const busyIntervalMs = 1500;

/** The catalogue: every iModel that the server knows, kept up to date while the page is visible. */
export function HomePage(): React.JSX.Element {
  const [list, reload] = useAsync(listIModels, []);
  const uploads = useUploads(reload);
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search.trim().toLowerCase());
  const entries = list.value;
  const isBusy = entries?.some(({ state }) => state === "unread" || state === "opening" || state === "closing") ?? false;
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") reload();
    }, isBusy ? busyIntervalMs : refreshIntervalMs);
    return () => clearInterval(timer);
  }, [reload, isBusy]);
  if (!entries && list.status === "failed") return <ErrorState error={list.error} onRetry={reload} />;
  const shown = entries?.filter((entry) => matches(entry, wanted));
  return (
    <DropZone onFiles={uploads.add}>
      <header className="home-head">
        <div>
          <Text as="h1" variant="title">iModels</Text>
          <Text isMuted>{entries ? summary(entries) : "Asking the server…"}</Text>
        </div>
        <div className="home-actions">
          <SearchBox inputProps={{ placeholder: "Find by name or id", value: search, onChange: (event) => setSearch(event.target.value) }} />
          <AddButton onFiles={uploads.add} />
          <IconButton as="a" href={clusterHref} label="Cluster" styleType="borderless"><SvgNetwork /></IconButton>
          <IconButton label="Refresh" styleType="borderless" onClick={reload}><SvgRefresh /></IconButton>
        </div>
      </header>
      {list.status === "failed" && <p className="home-stale" role="status">{describeError(list.error).title}. The list may be out of date.</p>}
      <UploadList uploads={uploads} />
      <Catalogue entries={shown} isSearch={wanted !== ""} onClear={() => setSearch("")} />
    </DropZone>
  );
}

interface CatalogueProps {
  entries: IModelEntry[] | undefined;
  isSearch: boolean;
  onClear: () => void;
}

function Catalogue({ entries, isSearch, onClear }: CatalogueProps): React.JSX.Element {
  if (!entries) return <ul className="home-grid" aria-busy>{[1, 2, 3].map((index) => <IModelCardSkeleton key={index} />)}</ul>;
  if (entries.length > 0) return <ul className="home-grid">{entries.map((entry) => <IModelCard key={entry.key} entry={entry} />)}</ul>;
  return isSearch ? (
    <div className="home-empty">
      <NonIdealState svg={<SvgSearch />} heading="No iModel matches" description="Names, file keys and ids are searched."
        actions={<Button onClick={onClear}>Show all</Button>} />
    </div>
  ) : (
    <div className="home-empty">
      <NonIdealState svg={<SvgImodelHollow />} heading="No iModels yet"
        description="Drop .bim files here, or copy them into the folder that the server watches; they appear by themselves." />
    </div>
  );
}

function summary(entries: IModelEntry[]): string {
  const bytes = entries.reduce((sum, entry) => sum + (entry.sizeBytes ?? 0), 0);
  const open = entries.filter((entry) => entry.state === "open").length;
  return [formatCount(entries.length, "iModel"), formatBytes(bytes), `${open} open`].join(" · ");
}

function matches(entry: IModelEntry, wanted: string): boolean {
  return wanted === "" || [entry.name, entry.key, entry.iModelId ?? ""].some((text) => text.toLowerCase().includes(wanted));
}
