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

/** "just now", "5 minutes ago", "yesterday"; from a week on the date. */
export function formatAgo(time: Date, now: number): string {
  const minutes = Math.floor((now - time.getTime()) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return relative.format(-minutes, "minute");
  if (minutes < 24 * 60) return relative.format(-Math.floor(minutes / 60), "hour");
  const days = Math.floor(minutes / (24 * 60));
  return days < 7 ? relative.format(-days, "day") : time.toLocaleDateString("en", { dateStyle: "medium" });
}

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** One or two letters for a person's picture. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return `${words[0]?.charAt(0) ?? "?"}${words.length > 1 ? (words.at(-1)?.charAt(0) ?? "") : ""}`.toUpperCase();
}
