import { Text } from "@itwin/itwinui-react";
import type { ReactNode } from "react";

interface Props {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** A panel's head and its scrolling body. */
export function PanelFrame({ title, actions, children }: Props): React.JSX.Element {
  return (
    <div className="panel-frame">
      <header className="panel-head">
        <Text as="h2" variant="leading">{title}</Text>
        <div className="panel-actions">{actions}</div>
      </header>
      {children}
    </div>
  );
}
