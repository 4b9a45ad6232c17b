import { SvgPropertiesList, SvgScript } from "@itwin/itwinui-icons-react";
import { IconButton } from "@itwin/itwinui-react";
import { type LeftPanel, leftPanels } from "./LeftPanelContent";

interface Props {
  /** Whether the panels of a live iModel are offered. */
  isLive: boolean;
  left: LeftPanel | undefined;
  onLeft: (panel: LeftPanel | undefined) => void;
  right: boolean;
  onRight: (shown: boolean) => void;
  console: boolean;
  onConsole: (shown: boolean) => void;
}

/** The buttons that show and hide the panels. */
export function Rail({ isLive, left, onLeft, right, onRight, console, onConsole }: Props): React.JSX.Element {
  const button = (label: string, icon: React.JSX.Element, isActive: boolean, toggle: () => void): React.JSX.Element => (
    <IconButton key={label} styleType="borderless" size="large" label={label} labelProps={{ placement: "right" }} isActive={isActive} aria-pressed={isActive} onClick={toggle}>
      {icon}
    </IconButton>
  );
  const panelButtons = (ofLive: boolean): React.JSX.Element[] =>
    leftPanels.filter((panel) => panel.ofLive === ofLive).map(({ id, label, icon }) => button(label, icon, left === id, () => onLeft(left === id ? undefined : id)));
  return (
    <nav className="rail" aria-label="Panels">
      {panelButtons(false)}
      {isLive && <hr />}
      {isLive && panelButtons(true)}
      <hr />
      {button("Properties", <SvgPropertiesList />, right, () => onRight(!right))}
      {button("ECSQL console", <SvgScript />, console, () => onConsole(!console))}
    </nav>
  );
}
