import { IModelApp, type ScreenViewport } from "@itwin/core-frontend";
import type { LiveDocument } from "../../live/liveDocument";
import { PeopleDecorator } from "./PeopleDecorator";

/** Draws the other people of a live iModel into the viewport. Returns what ends it. */
export function showPeople(viewport: ScreenViewport, document: LiveDocument): () => void {
  const decorator = new PeopleDecorator(viewport);
  const show = (): void => {
    decorator.people = document.others;
  };
  show();
  const stops = [document.people.subscribe(show), document.lastCommit.subscribe(() => decorator.elementsChanged()), IModelApp.viewManager.addDecorator(decorator)];
  return () => stops.forEach((stop) => stop());
}
