// What every page of the desk does beyond its plain HTML. Without it, all of them still work.
import "./copying";
import "./counting";
import "./dialogs";
import { onKey, onOtherKeys, openDialog } from "./keys";
import { currentRow } from "./rows";
import "./ruling";
import { tell } from "./telling";
import { applied, keep, kept, next } from "./themes";

for (const link of document.querySelectorAll<HTMLAnchorElement>("nav a[data-go]")) {
  onKey(`g ${link.dataset["go"]}`, () => {
    if (openDialog()) return false;
    link.click();
    return true;
  });
}

onKey("/", () => {
  const field = document.querySelector<HTMLInputElement>("[role=search] input[type=search]");
  if (!field || openDialog()) return false;
  const folded = document.querySelector<HTMLInputElement>("#unfold");
  if (folded && !field.checkVisibility()) folded.checked = true; // where there is little room
  field.focus();
  field.select();
  return true;
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target instanceof HTMLInputElement && event.target.type === "search") event.target.blur();
});

// `data-key="u"` on a button or link: the key presses it. In a row, that of the current row comes first.
onOtherKeys(press);

function press(key: string): boolean {
  const within: ParentNode = openDialog() ?? document;
  const row = within === document ? currentRow() : null;
  const wanted = `[data-key="${CSS.escape(key)}"]`;
  const all = [...(row?.querySelectorAll<HTMLElement>(wanted) ?? []), ...within.querySelectorAll<HTMLElement>(wanted)];
  const found = all.find((one) => one.checkVisibility() && !one.matches(":disabled"));
  if (!found) return false;
  found.click();
  return true;
}

for (const button of document.querySelectorAll<HTMLElement>("[data-theme-toggle]")) {
  const signs = { system: "◐", light: "☀", dark: "☾" } as const;
  const show = (): void => {
    button.textContent = signs[kept()];
  };
  show();
  button.addEventListener("click", () => {
    const theme = next(kept());
    keep(theme);
    applied(theme);
    show();
    tell(button.dataset[theme] ?? "");
  });
}
