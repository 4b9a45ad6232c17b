import { Signal } from "../shared/signal";
import type { LiveDocument } from "./liveDocument";

/** The live iModel that the page shows, for parts of the page outside of the viewer. */
export const openDocument = new Signal<LiveDocument | undefined>(undefined);
