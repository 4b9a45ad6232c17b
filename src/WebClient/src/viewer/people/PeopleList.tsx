import { Button, Input, Text } from "@itwin/itwinui-react";
import type { Person } from "itwin-orleans-live-client";
import { followed } from "../../itwin/people/followed";
import type { LiveDocument } from "../../live/liveDocument";
import { me, setMe } from "../../live/me";
import { personColors } from "../../live/personColors";
import { formatCount } from "../../shared/text";
import { useSignal } from "../../shared/signal";
import { PersonAvatar } from "./PersonAvatar";

/** Everybody in the iModel, what they have selected, and a way to look where they look; first this person, who may change name and colour. */
export function PeopleList({ document }: { document: LiveDocument }): React.JSX.Element {
  const people = useSignal(document.people);
  const others = people.filter(({ session }) => session !== document.live.session);
  return (
    <div className="people-list">
      <Myself document={document} />
      {others.length === 0 && <Text isMuted variant="small">Nobody else is here. Open the page's address on another machine to work together.</Text>}
      <ul>
        {others.map((person) => <OtherPerson key={person.session} person={person} />)}
      </ul>
    </div>
  );
}

function Myself({ document }: { document: LiveDocument }): React.JSX.Element {
  const person = useSignal(me);
  const change = (changes: Partial<typeof person>): void => {
    const next = { ...person, ...changes };
    setMe(next);
    void document.live.introduce(next);
  };
  return (
    <div className="people-me">
      <PersonAvatar name={person.name} color={person.color} />
      <Input
        key={person.name} aria-label="My name" size="small" defaultValue={person.name} maxLength={60}
        onBlur={(event) => {
          const name = event.target.value.trim();
          if (name !== "" && name !== person.name) change({ name });
        }}
        onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
      />
      <div className="people-colors" role="group" aria-label="My colour">
        {personColors.map((color) => (
          <button key={color} type="button" aria-label={color} aria-pressed={color === person.color} style={{ background: color }} onClick={() => change({ color })} />
        ))}
      </div>
    </div>
  );
}

function OtherPerson({ person: { session, user, color, selection = [], camera } }: { person: Person }): React.JSX.Element {
  const isFollowed = useSignal(followed) === session;
  return (
    <li data-session={session}>
      <PersonAvatar name={user.name} color={color} />
      <span className="people-name">
        {user.name}
        <Text as="span" variant="small" isMuted>{selection.length > 0 ? `${formatCount(selection.length, "element")} selected` : "Looking around"}</Text>
      </span>
      <Button size="small" disabled={!camera} onClick={() => { followed.value = isFollowed ? undefined : session; }}>{isFollowed ? "Stop" : "Follow"}</Button>
    </li>
  );
}
