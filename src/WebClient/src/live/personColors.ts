/** Colours that differ from each other, and carry white text on the light and the dark theme. */
export const personColors = ["#0a7dd6", "#c2410c", "#15803d", "#9333ea", "#be123c", "#0e7490", "#a16207", "#4f46e5"] as const;

/** The same colour for the same user each time, for those that are not here. */
export function colorOfUser(id: string): string {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + character.charCodeAt(0)) >>> 0;
  return personColors[sum % personColors.length] ?? personColors[0];
}
