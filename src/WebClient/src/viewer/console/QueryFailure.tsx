import { SvgStatusError } from "@itwin/itwinui-icons-react";
import { describeError } from "../../shared/errors";

/** The engine's own words about a query that it refused. */
export function QueryFailure({ error }: { error: unknown }): React.JSX.Element {
  const { title, detail } = describeError(error);
  return (
    <div className="query-failure" role="alert">
      <SvgStatusError aria-hidden />
      <div>
        <strong>{detail ? "The query failed" : title}</strong>
        {detail && <pre>{detail}</pre>}
      </div>
    </div>
  );
}
