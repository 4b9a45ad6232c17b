import type { IModelConnection } from "@itwin/core-frontend";
import { queryObjects } from "./query";

export interface TreeItem {
  id: string;
  label: string;
  kind: "subject" | "model" | "category" | "subCategory";
  /** Elements in the model or category. */
  count?: number;
  /** CSS colour of a sub-category. */
  color?: string;
  children: TreeItem[];
}

interface SubjectRow { id: string; label: string; parentId?: string }
interface ModelRow { id: string; label: string; parentId?: string; hostModelId?: string }
interface CountRow { id: string; n: number }

/** Subjects and the 3d models below them, as the iModel's author arranged them; subjects without models are left out. */
export async function loadModelTree(iModel: IModelConnection): Promise<TreeItem[]> {
  const [subjects, models, counts] = await Promise.all([
    queryObjects<SubjectRow>(iModel, "SELECT ECInstanceId AS id, COALESCE(UserLabel, CodeValue, '(unnamed)') AS label, Parent.Id AS parentId FROM bis.Subject"),
    queryObjects<ModelRow>(
      iModel,
      `SELECT m.ECInstanceId AS id, COALESCE(e.UserLabel, e.CodeValue, '(unnamed)') AS label, e.Parent.Id AS parentId, e.Model.Id AS hostModelId
       FROM bis.GeometricModel3d m JOIN bis.Element e ON e.ECInstanceId = m.ModeledElement.Id
       WHERE NOT m.IsTemplate AND NOT m.IsPrivate ORDER BY 2`,
    ),
    countsBy(iModel, "Model"),
  ]);
  const items = new Map<string, TreeItem>();
  for (const { id, label } of subjects) items.set(id, { id, label, kind: "subject", children: [] });
  const modelItems = new Map<string, TreeItem>();
  for (const { id, label } of models) modelItems.set(id, { id, label, kind: "model", count: counts.get(id) ?? 0, children: [] });

  const roots: TreeItem[] = [];
  for (const row of models) {
    const item = modelItems.get(row.id);
    // A sub-model hangs below the model of the element that it details; the repository model is no geometric one.
    const parent = items.get(row.parentId ?? "") ?? modelItems.get(row.hostModelId ?? "");
    if (item) (parent?.children ?? roots).push(item);
  }
  for (const row of [...subjects].reverse()) {
    const item = items.get(row.id);
    if (item) (items.get(row.parentId ?? "")?.children ?? roots).unshift(item);
  }
  return roots.filter(hasModel).map(prune);
}

function hasModel(item: TreeItem): boolean {
  return item.kind === "model" || item.children.some(hasModel);
}

function prune(item: TreeItem): TreeItem {
  return { ...item, children: item.children.filter(hasModel).map(prune) };
}

interface CategoryRow { id: string; label: string }
interface SubCategoryRow { id: string; label: string; categoryId: string; properties?: string }

/** Categories that the kind of view can show, with their sub-categories when there is more than the default one. */
export async function loadCategoryTree(iModel: IModelConnection, is3d: boolean): Promise<TreeItem[]> {
  const categoryClass = is3d ? "bis.SpatialCategory" : "bis.DrawingCategory";
  const [categories, subCategories, counts] = await Promise.all([
    queryObjects<CategoryRow>(iModel, `SELECT ECInstanceId AS id, COALESCE(UserLabel, CodeValue, '(unnamed)') AS label FROM ${categoryClass} WHERE IsPrivate IS NULL OR NOT IsPrivate ORDER BY 2`),
    queryObjects<SubCategoryRow>(
      iModel,
      `SELECT s.ECInstanceId AS id, COALESCE(s.UserLabel, s.CodeValue, '(unnamed)') AS label, s.Parent.Id AS categoryId, s.Properties AS properties
       FROM bis.SubCategory s JOIN ${categoryClass} c ON c.ECInstanceId = s.Parent.Id ORDER BY 2`,
    ),
    countsBy(iModel, "Category", is3d),
  ]);
  const byCategory = Map.groupBy(subCategories, (row) => row.categoryId);
  return categories.map(({ id, label }) => {
    const rows = byCategory.get(id) ?? [];
    const children = rows.map((row): TreeItem => ({ id: row.id, label: row.label, kind: "subCategory", color: colorOf(row.properties), children: [] }));
    return {
      id, label, kind: "category", count: counts.get(id) ?? 0,
      color: children[0]?.color, children: children.length > 1 ? children : [],
    };
  });
}

async function countsBy(iModel: IModelConnection, property: "Model" | "Category", is3d = true): Promise<Map<string, number>> {
  const rows = await queryObjects<CountRow>(
    iModel,
    `SELECT ${property}.Id AS id, COUNT(*) AS n FROM ${is3d ? "bis.GeometricElement3d" : "bis.GeometricElement2d"} GROUP BY ${property}.Id`,
  );
  return new Map(rows.map(({ id, n }) => [id, n]));
}

/** A sub-category's appearance is JSON text with `color` as 0xBBGGRR. */
function colorOf(properties: string | undefined): string | undefined {
  if (!properties) return undefined;
  try {
    const { color } = JSON.parse(properties) as { color?: unknown };
    const tbgr = typeof color === "number" ? color : 0;
    return `rgb(${tbgr & 0xff}, ${(tbgr >> 8) & 0xff}, ${(tbgr >> 16) & 0xff})`;
  } catch {
    return undefined;
  }
}
