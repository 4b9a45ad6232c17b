import { valueText } from "../../itwin/properties";
import type { QueryPage } from "../../itwin/query";

/** Saves the shown rows as a CSV file (RFC 4180). */
export function downloadCsv(page: QueryPage): void {
  const lines = [page.columns.map((column) => column.name), ...page.rows.map((row) => page.columns.map((column) => valueText(row[column.index])))];
  const url = URL.createObjectURL(new Blob([lines.map(csvLine).join("\r\n")], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "query.csv";
  link.click();
  URL.revokeObjectURL(url);
}

function csvLine(values: string[]): string {
  return values.map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(",");
}
