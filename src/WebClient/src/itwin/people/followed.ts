import { Signal } from "../../shared/signal";

/** The session whose camera the viewport follows. */
export const followed = new Signal<string | undefined>(undefined);
