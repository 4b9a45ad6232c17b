import { SvgImodel, SvgMoon, SvgNetwork, SvgSun } from "@itwin/itwinui-icons-react";
import { Header, HeaderBreadcrumbs, HeaderButton, HeaderLogo, IconButton } from "@itwin/itwinui-react";
import { PeopleButton } from "../viewer/people/PeopleButton";
import { ConnectionStatus } from "./ConnectionStatus";
import { Logo } from "./Logo";
import { homeHref, type Route } from "./route";
import type { Theme } from "./theme";

interface Props {
  route: Route;
  theme: Theme;
  onToggleTheme: () => void;
}

export function TopBar({ route, theme, onToggleTheme }: Props): React.JSX.Element {
  const other = theme === "dark" ? "light" : "dark";
  const goHome = (): void => {
    window.location.hash = homeHref;
  };
  return (
    <Header
      className="top-bar"
      isSlim={route.page === "viewer"}
      appLogo={<HeaderLogo logo={<Logo />} onClick={goHome}>ITwinOrleans</HeaderLogo>}
      breadcrumbs={
        <HeaderBreadcrumbs
          items={
            route.page === "viewer"
              ? [
                  <HeaderButton key="home" name="iModels" onClick={goHome} />,
                  <HeaderButton key="imodel" name={route.key} startIcon={<SvgImodel />} isActive />,
                ]
              : route.page === "cluster"
                ? [<HeaderButton key="home" name="iModels" onClick={goHome} />, <HeaderButton key="cluster" name="Cluster" startIcon={<SvgNetwork />} isActive />]
                : [<HeaderButton key="home" name="iModels" isActive />]
          }
        />
      }
      actions={[
        <ConnectionStatus key="connection" />,
        <PeopleButton key="people" />,
        <IconButton key="theme" styleType="borderless" label={`Switch to ${other} theme`} onClick={onToggleTheme}>
          {theme === "dark" ? <SvgSun /> : <SvgMoon />}
        </IconButton>,
      ]}
    />
  );
}
