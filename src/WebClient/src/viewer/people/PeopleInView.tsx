import { Button } from "@itwin/itwinui-react";
import type { ScreenViewport } from "@itwin/core-frontend";
import { useEffect } from "react";
import { followed } from "../../itwin/people/followed";
import { sharePresence } from "../../itwin/people/sharePresence";
import { showPeople } from "../../itwin/people/showPeople";
import type { LiveDocument } from "../../live/liveDocument";
import { useFollowing } from "./useFollowing";
import "./people.css";

/** Shows this person to the others and the others in the view; a frame tells whose view is followed. */
export function PeopleInView({ viewport, document }: { viewport: ScreenViewport; document: LiveDocument }): React.JSX.Element | null {
  const person = useFollowing(viewport, document);
  useEffect(() => sharePresence(viewport, document.live), [viewport, document]);
  useEffect(() => showPeople(viewport, document), [viewport, document]);
  if (!person) return null;
  return (
    <div className="follow-frame" style={{ borderColor: person.color }}>
      <div className="follow-banner" style={{ background: person.color }} role="status">
        Following {person.user.name}
        <Button size="small" onClick={() => { followed.value = undefined; }}>Stop</Button>
      </div>
    </div>
  );
}
