/** Reads a JSON value kept in this browser; anything unreadable counts as absent. */
export function readPreference<T>(key: string, isValid: (value: unknown) => value is T): T | undefined {
  try {
    const text = localStorage.getItem(`itwin-orleans.${key}`);
    const value: unknown = text === null ? undefined : JSON.parse(text);
    return isValid(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a JSON value in this browser; a full or forbidden storage only loses the preference. */
export function writePreference(key: string, value: unknown): void {
  try {
    localStorage.setItem(`itwin-orleans.${key}`, JSON.stringify(value));
  } catch {
    // Private browsing or quota: the page works without preferences.
  }
}

export const isString = (value: unknown): value is string => typeof value === "string";
export const isStringArray = (value: unknown): value is string[] => Array.isArray(value) && value.every(isString);
