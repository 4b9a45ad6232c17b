const sizeUnits = ["B", "kB", "MB", "GB", "TB"];

/** Bytes for people: three significant digits, decimal units. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < sizeUnits.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toPrecision(3)} ${sizeUnits[unit]}`;
}

/** A length in metres for people: kilometres when long, millimetres never. */
export function formatLength(metres: number): string {
  if (metres >= 10_000) return `${(metres / 1000).toLocaleString("en", { maximumFractionDigits: 1 })} km`;
  return `${metres.toLocaleString("en", { maximumFractionDigits: metres >= 100 ? 0 : 1 })} m`;
}

export function formatCount(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/** "lastModifiedBy" or "ECClassId" as words: "Last Modified By", "EC Class Id". */
export function splitCamelCase(name: string): string {
  const words = name
    .replace(/_x0020_/g, " ")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `BisCore:Element` or `BisCore.Element` without its schema. */
export function shortClassName(fullName: string): string {
  return fullName.split(/[:.]/).pop() ?? fullName;
}
