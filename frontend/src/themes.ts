// The themes, and where the chosen one is kept: in this browser alone.

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEY = "sayso-theme";

/** The theme that was chosen here before; what the system has where none was, or where nothing may be kept. */
export function kept(): Theme {
  try {
    const held = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === held) ?? "system";
  } catch {
    return "system";
  }
}

/** Keep a theme for the pages to come, if this browser lets us. */
export function keep(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser that keeps nothing still shows the theme on this page.
  }
}

/** Show the page in a theme. */
export function applied(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
}

/** The theme after this one: first the other of what is shown, then that of the system again. */
export function next(theme: Theme): Theme {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const other = system === "dark" ? "light" : "dark";
  if (theme === "system") return other;
  return theme === other ? system : "system";
}
