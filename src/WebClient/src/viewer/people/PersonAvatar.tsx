import { Avatar } from "@itwin/itwinui-react";
import { initials } from "../../shared/text";

/** A person's initials on their colour. */
export function PersonAvatar({ name, color }: { name: string; color: string }): React.JSX.Element {
  return <Avatar className="person-avatar" size="small" abbreviation={initials(name)} backgroundColor={color} title={name} />;
}
