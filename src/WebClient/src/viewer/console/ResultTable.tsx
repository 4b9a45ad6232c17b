import { SvgChevronLeft, SvgChevronRight } from "@itwin/itwinui-icons-react";
import { Anchor, IconButton } from "@itwin/itwinui-react";
import { valueText } from "../../itwin/properties";
import { formatCount } from "../../shared/text";
import { pageSize, type QueryResult } from "./useQuery";

interface Props {
  result: QueryResult;
  running: boolean;
  onPage: (pageIndex: number) => Promise<void>;
  onShowElement: (id: string) => void;
}

/** One page of rows, with what came before and after. */
export function ResultTable({ result, running, onPage, onShowElement }: Props): React.JSX.Element {
  const { page, pageIndex, total } = result;
  const first = pageIndex * pageSize;
  const range = page.rows.length === 0 ? "No rows" : `Rows ${(first + 1).toLocaleString("en")}–${(first + page.rows.length).toLocaleString("en")}`;
  const of = total === undefined ? (page.more ? " of more" : "") : page.rows.length === 0 ? "" : ` of ${total.toLocaleString("en")}`;
  return (
    <>
      <div className="result-scroll">
        <table className="result-table">
          <thead>
            <tr>
              <th aria-label="Row" className="row-number" />
              {page.columns.map((column) => <th key={column.index} scope="col" className={isNumber(page.rows, column.index) ? "number" : undefined} title={`${column.accessString ?? column.name}: ${column.typeName}`}>{column.name}</th>)}
            </tr>
          </thead>
          <tbody>
            {page.rows.map((row, index) => (
              <tr key={first + index}>
                <td className="row-number">{(first + index + 1).toLocaleString("en")}</td>
                {page.columns.map((column) => <Cell key={column.index} value={row[column.index]} onShowElement={onShowElement} />)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="result-foot">
        <span data-total={total}>{range}{of}</span>
        <span className="result-time">{formatCount(page.columns.length, "column")} · {Math.round(page.milliseconds)} ms</span>
        <IconButton size="small" styleType="borderless" label="Previous page" disabled={running || pageIndex === 0} onClick={() => void onPage(pageIndex - 1)}><SvgChevronLeft /></IconButton>
        <IconButton size="small" styleType="borderless" label="Next page" disabled={running || !page.more} onClick={() => void onPage(pageIndex + 1)}><SvgChevronRight /></IconButton>
      </div>
    </>
  );
}

/** Whether the column's first value is a number: its heading then stands at the same side. */
function isNumber(rows: readonly unknown[][], column: number): boolean {
  return typeof rows.find((row) => row[column] !== null && row[column] !== undefined)?.[column] === "number";
}

const idPattern = /^0x[0-9a-f]+$/;

function Cell({ value, onShowElement }: { value: unknown; onShowElement: (id: string) => void }): React.JSX.Element {
  if (value === null || value === undefined) return <td className="null">null</td>;
  const text = valueText(value);
  if (idPattern.test(text)) return <td><Anchor as="button" title="Select and zoom to this element" onClick={() => onShowElement(text)}>{text}</Anchor></td>;
  return <td className={typeof value === "number" ? "number" : undefined} title={text.length > 40 ? text : undefined}>{text}</td>;
}
