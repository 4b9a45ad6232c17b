import { useEffect, useState } from "react";
import { readPreference, writePreference } from "../shared/preferences";

export type Theme = "light" | "dark";

const isTheme = (value: unknown): value is Theme => value === "light" || value === "dark";

/** The chosen theme, else the operating system's. */
export function useTheme(): [Theme, () => void] {
  const [theme, setTheme] = useState<Theme>(
    () => readPreference("theme", isTheme) ?? (window.matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark"),
  );
  useEffect(() => {
    document.documentElement.style.colorScheme = theme;
  }, [theme]);
  const toggle = (): void => {
    const next = theme === "dark" ? "light" : "dark";
    writePreference("theme", next);
    setTheme(next);
  };
  return [theme, toggle];
}
