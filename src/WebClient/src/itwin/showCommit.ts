import type { ScreenViewport } from "@itwin/core-frontend";
import type { CommitSummary } from "itwin-orleans-live-client";
import type { History } from "../live/history";
import { describeError } from "../shared/errors";
import { formatCount } from "../shared/text";
import { notify } from "./notifications";

/** Selects the elements that a commit changed and zooms to them; says so if there are none any more. */
export async function showCommit(viewport: ScreenViewport, history: History, entry: CommitSummary): Promise<void> {
  try {
    const elements = await history.elementsOf(entry);
    if (!elements) {
      notify({ severity: "informational", text: `The server keeps no details of change #${entry.sequence} any more.` });
      return;
    }
    const { iModel } = viewport;
    const present = elements.present.length === 0 ? [] : (await iModel.elements.getProps(elements.present)).flatMap(({ id }) => id ?? []);
    if (present.length === 0) {
      notify({ severity: "informational", text: elements.deleted.length > 0 ? `Change #${entry.sequence} deleted ${formatCount(elements.deleted.length, "element")}.` : `What change #${entry.sequence} made does not exist any more.` });
      return;
    }
    iModel.selectionSet.replace(present);
    await viewport.zoomToElements(present, { animateFrustumChange: true });
  } catch (error) {
    const { title, detail } = describeError(error);
    notify({ severity: "negative", text: title, detail });
  }
}
