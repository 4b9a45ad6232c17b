import { newOperationId, type PersonProps } from "itwin-orleans-live-client";
import { readPreference, writePreference } from "../shared/preferences";
import { Signal } from "../shared/signal";
import { personColors } from "./personColors";

const isPerson = (value: unknown): value is PersonProps =>
  typeof value === "object" && value !== null && "name" in value && typeof value.name === "string" && "color" in value && typeof value.color === "string";

/** How this browser's person appears to the others. */
export const me = new Signal<PersonProps>(readPreference("person", isPerson) ?? newPerson());

export function setMe(person: PersonProps): void {
  writePreference("person", person);
  me.value = person;
}

function newPerson(): PersonProps {
  const number = Math.floor(Math.random() * 900) + 100;
  const person = { id: newOperationId(), name: `Guest ${number}`, color: personColors[number % personColors.length] ?? "#0a7dd6" };
  writePreference("person", person);
  return person;
}
