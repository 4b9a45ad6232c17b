import type { IModelConnection } from "@itwin/core-frontend";
import { readPreference, writePreference } from "../../shared/preferences";
import { Signal } from "../../shared/signal";
import { queryObjects } from "../query";
import type { ShapeKind, ShapeSize } from "./shapes";

/** Where new elements go, and how they look. */
export interface EditSettings {
  kind: ShapeKind;
  size: ShapeSize;
  modelId?: string;
  categoryId?: string;
}

export interface Target {
  id: string;
  label: string;
}

const isSize = (value: unknown): value is ShapeSize =>
  typeof value === "object" && value !== null && ["width", "depth", "height", "radius"].every((name) => Number((value as Record<string, unknown>)[name]) > 0);

/** What the next shape is; its size is kept for the next visit. */
export const editSettings = new Signal<EditSettings>({
  kind: "box", size: readPreference("shapeSize", isSize) ?? { width: 2, depth: 2, height: 2, radius: 1 },
});

export function changeEditSettings(changes: Partial<EditSettings>): void {
  editSettings.value = { ...editSettings.value, ...changes };
  if (changes.size) writePreference("shapeSize", changes.size);
}

/** The physical models and spatial categories that a new element may go into; the first of each is the one with the most elements. */
export async function loadTargets(iModel: IModelConnection): Promise<{ models: Target[]; categories: Target[] }> {
  const targets = async (ecClass: string, property: string): Promise<Target[]> =>
    queryObjects<Target>(
      iModel,
      `SELECT e.ECInstanceId AS id, COALESCE(e.UserLabel, e.CodeValue, '(unnamed)') AS label FROM bis.Element e
       JOIN ${ecClass} t ON t.ECInstanceId = e.ECInstanceId
       ORDER BY (SELECT COUNT(*) FROM bis.GeometricElement3d g WHERE g.${property}.Id = e.ECInstanceId) DESC, 1`,
    );
  const [models, categories] = await Promise.all([targets("bis.PhysicalModel", "Model"), targets("bis.SpatialCategory", "Category")]);
  return { models, categories };
}
