import { Button } from "@itwin/itwinui-react";
import { useEffect, useState } from "react";
import { homeHref } from "../app/route";
import { openIModel, type OpenIModel } from "../itwin/openIModel";
import { ErrorState } from "../shared/ErrorState";
import { OpeningScreen } from "./OpeningScreen";
import { Workspace } from "./Workspace";
import "./viewer.css";

interface Props {
  imodelKey: string;
  viewId?: string;
}

type Opening = { status: "opening"; step: number } | { status: "open"; iModel: OpenIModel } | { status: "failed"; error: unknown };

/** Opens one iModel and keeps it open as long as the page shows it. */
export function ViewerPage({ imodelKey, viewId }: Props): React.JSX.Element {
  const [state, setState] = useState<Opening>({ status: "opening", step: 0 });
  const [attempt, setAttempt] = useState(0);
  // The view in the address is where to start; later ones are shown in place.
  const [startView] = useState(viewId);

  useEffect(() => {
    let left = false;
    const opened = openIModel(imodelKey, startView, (step) => {
      if (!left) setState({ status: "opening", step });
    });
    opened.then(
      (iModel) => {
        if (!left) setState({ status: "open", iModel });
      },
      (error: unknown) => {
        if (!left) setState({ status: "failed", error });
      },
    );
    return () => {
      left = true;
      opened.then(async (iModel) => iModel.close()).catch(() => undefined);
    };
  }, [imodelKey, startView, attempt]);

  switch (state.status) {
    case "opening":
      return <OpeningScreen name={imodelKey} step={state.step} />;
    case "open":
      return <Workspace iModel={state.iModel} />;
    case "failed":
      return (
        <ErrorState
          error={state.error} onRetry={() => setAttempt((value) => value + 1)}
          actions={<Button as="a" href={homeHref}>All iModels</Button>}
        />
      );
  }
}
