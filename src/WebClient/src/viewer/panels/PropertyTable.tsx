import { Anchor } from "@itwin/itwinui-react";
import type { PropertyRow } from "../../itwin/properties";

interface Props {
  rows: readonly PropertyRow[];
  onOpenElement: (id: string) => void;
}

/** Name and value pairs; a value that names another element leads to it. */
export function PropertyTable({ rows, onOpenElement }: Props): React.JSX.Element {
  return (
    <table className="property-table">
      <tbody>
        {rows.map(({ name, label, text, elementId }, index) => (
          <tr key={`${index} ${name}`}>
            <th scope="row" title={name}>{label}</th>
            <td title={text}>{elementId ? <Anchor as="button" onClick={() => onOpenElement(elementId)}>{text}</Anchor> : text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
