import { SvgOffline, SvgStatusErrorHollow } from "@itwin/itwinui-icons-react";
import { Button, NonIdealState } from "@itwin/itwinui-react";
import type { ReactNode } from "react";
import { AccessTokenForm } from "../app/AccessTokenForm";
import { describeError, statusOf } from "./errors";

interface Props {
  error: unknown;
  onRetry?: () => void;
  /** Further ways out. */
  actions?: ReactNode;
}

/** A failure that leaves nothing else to show: what happened, the server's words, and what to do. */
export function ErrorState({ error, onRetry, actions }: Props): React.JSX.Element {
  const { title, detail } = describeError(error);
  const unauthorized = statusOf(error) === 401;
  return (
    <div className="error-state" role="alert">
      <NonIdealState
        svg={statusOf(error) === -1 ? <SvgOffline /> : <SvgStatusErrorHollow />}
        heading={title}
        description={detail}
        actions={
          <>
            {unauthorized && <AccessTokenForm onSaved={() => onRetry?.()} />}
            {onRetry && !unauthorized && <Button styleType="high-visibility" onClick={onRetry}>Try again</Button>}
            {actions}
          </>
        }
      />
    </div>
  );
}
