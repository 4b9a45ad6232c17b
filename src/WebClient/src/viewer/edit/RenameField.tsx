import { SvgEdit } from "@itwin/itwinui-icons-react";
import { IconButton, Input, Text } from "@itwin/itwinui-react";
import { useState } from "react";

interface Props {
  label: string;
  onRename: (label: string) => void;
}

/** An element's label as a heading that can be typed over: Enter takes it, Escape leaves it. */
export function RenameField({ label, onRename }: Props): React.JSX.Element {
  const [isEditing, setEditing] = useState(false);
  if (!isEditing) {
    return (
      <div className="rename-field">
        <Text as="h3" variant="subheading">{label}</Text>
        <IconButton size="small" styleType="borderless" label="Rename" onClick={() => setEditing(true)}><SvgEdit /></IconButton>
      </div>
    );
  }
  return (
    <Input
      aria-label="Label" defaultValue={label} size="small"
      ref={(input) => input?.focus()}
      onFocus={(event) => event.target.select()}
      onBlur={() => setEditing(false)}
      onKeyDown={(event) => {
        if (event.key === "Escape") setEditing(false);
        if (event.key !== "Enter") return;
        const next = event.currentTarget.value.trim();
        setEditing(false);
        if (next !== label) onRename(next);
      }}
    />
  );
}
