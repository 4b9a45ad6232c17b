import type { QueryPropertyMetaData } from "@itwin/core-common";
import type { IModelConnection } from "@itwin/core-frontend";
import { shortClassName, splitCamelCase } from "../shared/text";
import { queryObjects, queryPage } from "./query";

export interface PropertyRow {
  name: string;
  label: string;
  text: string;
  /** Element that the value refers to, if it is a navigation property. */
  elementId?: string;
}

export interface PropertyGroup {
  title: string;
  rows: PropertyRow[];
}

export interface ElementDetails {
  id: string;
  label: string;
  className: string;
  groups: PropertyGroup[];
}

interface Head {
  className: string;
  label?: string;
  code?: string;
  model?: string;
  category?: string;
  parent?: string;
}

/** Everything the iModel knows of an element, in groups: identity, placement, its class's own properties, its aspects, its JSON. */
export async function loadElementDetails(iModel: IModelConnection, id: string): Promise<ElementDetails> {
  const head = await loadHead(iModel, id);
  const [own, aspects] = await Promise.all([instanceProperties(iModel, head.className, id), aspectGroups(iModel, id)]);
  const groups = [
    { title: "Element", rows: headRows(id, head) },
    ...groupByConcern(own, shortClassName(head.className)),
    ...aspects,
  ];
  return {
    id, className: head.className,
    label: head.label ?? head.code ?? `${shortClassName(head.className)} ${id}`,
    groups: groups.filter((group) => group.rows.length > 0),
  };
}

async function loadHead(iModel: IModelConnection, id: string): Promise<Head> {
  const [head] = await queryObjects<Head>(
    iModel,
    `SELECT ec_classname(e.ECClassId, 's.c') AS className, e.UserLabel AS label, e.CodeValue AS code,
       COALESCE(m.UserLabel, m.CodeValue) AS model, COALESCE(c.UserLabel, c.CodeValue) AS category, COALESCE(p.UserLabel, p.CodeValue) AS parent
     FROM bis.Element e
       LEFT JOIN bis.Element m ON m.ECInstanceId = e.Model.Id
       LEFT JOIN bis.GeometricElement3d g ON g.ECInstanceId = e.ECInstanceId
       LEFT JOIN bis.Element c ON c.ECInstanceId = g.Category.Id
       LEFT JOIN bis.Element p ON p.ECInstanceId = e.Parent.Id
     WHERE e.ECInstanceId = ?`,
    [id],
  );
  if (!head) throw new Error(`The iModel has no element ${id}.`);
  return head;
}

function headRows(id: string, head: Head): PropertyRow[] {
  const row = (name: string, label: string, text: string | undefined): PropertyRow[] => (text ? [{ name, label, text }] : []);
  return [
    ...row("UserLabel", "Label", head.label),
    ...row("ECClassId", "Class", head.className.replace(".", " : ")),
    ...row("CodeValue", "Code", head.code),
    ...row("Model", "Model", head.model),
    ...row("Category", "Category", head.category),
    ...row("Parent", "Parent", head.parent),
    ...row("ECInstanceId", "Id", id),
  ];
}

interface InstanceProperty {
  column: QueryPropertyMetaData;
  value: unknown;
}

async function instanceProperties(iModel: IModelConnection, className: string, id: string): Promise<InstanceProperty[]> {
  const page = await queryPage(iModel, `SELECT * FROM [${className.replace(/[.:]/, "].[")}] WHERE ECInstanceId = ?`, 0, 1, [id]);
  const row = page.rows[0] ?? [];
  return page.columns
    .map((column) => ({ column, value: row[column.index] }))
    .filter(({ value }) => value !== null && value !== undefined && value !== "");
}

async function aspectGroups(iModel: IModelConnection, id: string): Promise<PropertyGroup[]> {
  const aspects = await queryObjects<{ id: string; className: string }>(
    iModel,
    `SELECT ECInstanceId AS id, ec_classname(ECClassId, 's.c') AS className FROM bis.ElementUniqueAspect WHERE Element.Id = ?
     UNION ALL SELECT ECInstanceId, ec_classname(ECClassId, 's.c') FROM bis.ElementMultiAspect WHERE Element.Id = ? LIMIT 50`,
    [id, id],
  );
  return Promise.all(
    aspects.map(async (aspect) => ({
      title: splitCamelCase(shortClassName(aspect.className)),
      rows: (await instanceProperties(iModel, aspect.className, aspect.id))
        .filter(({ column }) => !isSystem(column) && column.name !== "Element")
        .map(propertyRow),
    })),
  );
}

const shownInHead = new Set(["UserLabel", "CodeValue", "Model", "Category", "Parent"]);
const placement = new Set(["Origin", "Yaw", "Pitch", "Roll", "Rotation", "BBoxLow", "BBoxHigh", "InSpatialIndex", "TypeDefinition"]);
const administrative = new Set(["LastMod", "CodeSpec", "CodeScope", "FederationGuid", "JsonProperties"]);

function groupByConcern(properties: InstanceProperty[], ownTitle: string): PropertyGroup[] {
  const shown = properties.filter(({ column }) => !isSystem(column) && !shownInHead.has(column.name) && !isGeometry(column));
  const rows = (wanted: (name: string) => boolean): PropertyRow[] => shown.filter(({ column }) => wanted(column.name)).map(propertyRow);
  const json = shown.find(({ column }) => column.name === "JsonProperties");
  return [
    { title: splitCamelCase(ownTitle), rows: rows((name) => !placement.has(name) && !administrative.has(name)) },
    { title: "Placement", rows: rows((name) => placement.has(name)) },
    { title: "Administration", rows: rows((name) => administrative.has(name) && name !== "JsonProperties") },
    { title: "JSON properties", rows: json ? jsonRows(json.value) : [] },
  ];
}

const isSystem = (column: QueryPropertyMetaData): boolean => /^(ECInstanceId|ECClassId)$/.test(column.name) || column.name.includes("SourceEC");
const isGeometry = (column: QueryPropertyMetaData): boolean => column.name === "GeometryStream" || column.typeName === "binary";

/** Names that do not read well when split into words. */
const labels: Partial<Record<string, string>> = { BBoxLow: "Box low", BBoxHigh: "Box high", LastMod: "Last modified", FederationGuid: "Federation GUID" };

function propertyRow({ column, value }: InstanceProperty): PropertyRow {
  const elementId = navigationId(value);
  return { name: column.name, label: labels[column.name] ?? splitCamelCase(column.name), text: valueText(value), elementId };
}

/** Flattens JSON to `path: value` rows; a value that is not JSON stays one row. */
function jsonRows(value: unknown): PropertyRow[] {
  const rows: PropertyRow[] = [];
  const visit = (path: string, node: unknown): void => {
    if (rows.length >= 200) return;
    if (typeof node === "object" && node !== null && Object.keys(node).length > 0) {
      for (const [key, child] of Object.entries(node)) visit(path ? `${path}.${key}` : key, child);
    } else {
      rows.push({ name: path, label: path || "Value", text: valueText(node) });
    }
  };
  visit("", typeof value === "string" ? parseJson(value) : value);
  return rows;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function navigationId(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const id: unknown = "Id" in value ? value.Id : "id" in value ? value.id : undefined;
  return typeof id === "string" ? id : undefined;
}

/** A query's value for people: points in brackets, ids of navigation values, blobs by their size, everything else as it is. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : String(+value.toPrecision(9));
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  const id = navigationId(value);
  if (id !== undefined) return id;
  if (isPoint(value)) return Object.values(value).map((coordinate) => coordinateText(coordinate as number)).join(", ");
  return JSON.stringify(value);
}

function isPoint(value: object): boolean {
  const keys = Object.keys(value).map((key) => key.toLowerCase()).join("");
  return (keys === "xyz" || keys === "xy") && Object.values(value).every((coordinate) => typeof coordinate === "number");
}

/** Millimetres are enough for people; a tiny negative number is no "-0.000". */
function coordinateText(coordinate: number): string {
  return coordinate.toFixed(3).replace(/^-(0\.0+)$/, "$1");
}
