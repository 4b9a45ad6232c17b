import { ThemeProvider } from "@itwin/itwinui-react";
import { lazy, Suspense, useEffect } from "react";
import { ClusterPage } from "../cluster/ClusterPage";
import { HomePage } from "../home/HomePage";
import { useRoute } from "./route";
import { useTheme } from "./theme";
import { TopBar } from "./TopBar";
import type { ViewerPage as ViewerPageType } from "../viewer/ViewerPage";
import { OpeningScreen } from "../viewer/OpeningScreen";
import { ErrorBoundary } from "./ErrorBoundary";

const loadViewer = async (): Promise<{ default: typeof ViewerPageType }> =>
  import("../viewer/ViewerPage").then(({ ViewerPage }) => ({ default: ViewerPage }));
const ViewerPage = lazy(loadViewer);

/** The page: the catalogue, the cluster, or one iModel in the viewer. The viewer's code is large and comes only when it is needed. */
export function App(): React.JSX.Element {
  const [theme, toggleTheme] = useTheme();
  const route = useRoute();
  useEffect(() => {
    // Fetched while the person is choosing, so that opening starts at once.
    const timer = setTimeout(() => void loadViewer().catch(() => undefined), 1500);
    return () => clearTimeout(timer);
  }, []);
  return (
    <ThemeProvider theme={theme} className="app">
      <TopBar route={route} theme={theme} onToggleTheme={toggleTheme} />
      <ErrorBoundary key={route.page === "viewer" ? route.key : route.page}>
        {route.page === "home" ? (
          <HomePage />
        ) : route.page === "cluster" ? (
          <ClusterPage />
        ) : (
          <Suspense fallback={<OpeningScreen name={route.key} step={0} />}>
            <ViewerPage key={route.key} imodelKey={route.key} viewId={route.viewId} />
          </Suspense>
        )}
      </ErrorBoundary>
    </ThemeProvider>
  );
}
