import { SvgRedo, SvgUndo } from "@itwin/itwinui-icons-react";
import type { CommitSummary } from "itwin-orleans-live-client";
import { colorOfUser } from "../../live/personColors";
import { formatAgo, formatCount } from "../../shared/text";
import { PersonAvatar } from "../people/PersonAvatar";

interface Props {
  entry: CommitSummary;
  /** Of a person who is here. */
  color: string | undefined;
  isMine: boolean;
  isShown: boolean;
  now: number;
  onShow: () => void;
}

const marks = { edit: null, undo: <SvgUndo aria-hidden />, redo: <SvgRedo aria-hidden /> };
const unnamed = { edit: "Change", undo: "Undo", redo: "Redo" };

/** One commit. */
export function HistoryEntry({ entry, color, isMine, isShown, now, onShow }: Props): React.JSX.Element {
  const time = new Date(entry.time);
  return (
    <li data-sequence={entry.sequence} data-kind={entry.kind}>
      <button type="button" aria-pressed={isShown} onClick={onShow}>
        <PersonAvatar name={entry.user.name} color={color ?? colorOfUser(entry.user.id)} />
        <span className="history-what">{marks[entry.kind]}{entry.description || unnamed[entry.kind]}</span>
        <span className="history-who">
          {isMine ? "You" : entry.user.name} · <time dateTime={entry.time} title={time.toLocaleString("en")}>{formatAgo(time, now)}</time>
        </span>
        <span className="history-number" title={formatCount(entry.changed, "element")}>#{entry.sequence}</span>
      </button>
    </li>
  );
}
