import { CompressedId64Set } from "@itwin/core-bentley";
import { useEffect, useState } from "react";
import type { LiveDocument } from "../live/liveDocument";

/** A number that grows with each commit that changed the element, so that what is shown of it is read again. */
export function useElementVersion(document: LiveDocument | undefined, id: string): number {
  const [version, setVersion] = useState(0);
  useEffect(
    () =>
      document?.lastCommit.subscribe(() => {
        const { updated } = document.lastCommit.value?.elements ?? {};
        if (updated && CompressedId64Set.decompressArray(updated).includes(id)) setVersion((value) => value + 1);
      }),
    [document, id],
  );
  return version;
}
