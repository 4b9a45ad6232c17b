import { Popover } from "@itwin/itwinui-react";
import { liveConnectionState } from "../../live/connection";
import { openDocument } from "../../live/openDocument";
import type { LiveDocument } from "../../live/liveDocument";
import { useSignal } from "../../shared/signal";
import { PeopleList } from "./PeopleList";
import { PersonAvatar } from "./PersonAvatar";
import "./people.css";

const mostShown = 5;

/** Who is in the live iModel that is open; nothing otherwise. */
export function PeopleButton(): React.JSX.Element | null {
  const document = useSignal(openDocument);
  return document ? <OpenPeople document={document} /> : null;
}

function OpenPeople({ document }: { document: LiveDocument }): React.JSX.Element {
  const people = useSignal(document.people);
  const isConnected = useSignal(liveConnectionState)?.state === "connected";
  const hidden = people.length - mostShown;
  return (
    <Popover applyBackground placement="bottom-end" content={<PeopleList document={document} />}>
      <button type="button" className="people-button" aria-label={`People: ${people.map(({ user }) => user.name).join(", ")}`}>
        <span className="live-dot" data-connected={isConnected} title={isConnected ? "Live" : "Reconnecting: what others do is shown later"} />
        {people.slice(0, mostShown).map(({ session, user, color }) => <PersonAvatar key={session} name={user.name} color={color} />)}
        {hidden > 0 && <span className="people-more">+{hidden}</span>}
      </button>
    </Popover>
  );
}
