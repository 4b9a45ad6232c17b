import type { IModelConnection } from "@itwin/core-frontend";
import { useEffect, useState } from "react";

/** Ids of the selected elements, in the order of their ids. */
export function useSelection(iModel: IModelConnection): readonly string[] {
  const [ids, setIds] = useState<readonly string[]>(() => [...iModel.selectionSet.elements]);
  useEffect(() => iModel.selectionSet.onChanged.addListener(() => setIds([...iModel.selectionSet.elements].sort())), [iModel]);
  return ids;
}
