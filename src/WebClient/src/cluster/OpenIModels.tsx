import { Text } from "@itwin/itwinui-react";
import type { OpenIModelEntry } from "../api/cluster";
import { viewerHref } from "../app/route";

/** Every open iModel, where it is and who uses it. */
export function OpenIModels({ iModels }: { iModels: OpenIModelEntry[] }): React.JSX.Element {
  return (
    <section className="open-imodels">
      <Text as="h2" variant="subheading">Open iModels</Text>
      {iModels.length === 0 ? (
        <Text isMuted>None. The first call opens one.</Text>
      ) : (
        <div className="table-scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">iModel</th>
                <th scope="col">Silo</th>
                <th scope="col">Worker</th>
                <th scope="col">State</th>
                <th scope="col">Commit</th>
                <th scope="col" className="count">Sessions</th>
                <th scope="col" className="count">People</th>
                <th scope="col" className="count">Calls</th>
              </tr>
            </thead>
            <tbody>{iModels.map((iModel) => <Row key={`${iModel.silo} ${iModel.key}`} iModel={iModel} />)}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({ iModel }: { iModel: OpenIModelEntry }): React.JSX.Element {
  return (
    <tr data-open={iModel.key}>
      <th scope="row"><a href={viewerHref(iModel.key)}>{iModel.key}</a></th>
      <td>{iModel.silo}</td>
      <td>{iModel.worker}</td>
      <td>{iModel.state}</td>
      <td>{iModel.written ? `${iModel.written.sequence} (epoch ${iModel.written.epoch})` : iModel.isReplica ? "read-only replica" : "read-only"}</td>
      <td className="count">{iModel.sessions}</td>
      <td className="count">{iModel.people}</td>
      <td className="count">{iModel.calls}</td>
    </tr>
  );
}
