// Rows one moves among with j and k and opens with o: whatever has `data-row`, with a link in it (`data-open`, else its first).
import { onKey, openDialog } from "./keys";

const ROW = "[data-row]";

/** The row that is current, if one is. */
export function currentRow(): HTMLElement | null {
  return document.querySelector<HTMLElement>(`${ROW}[aria-current]`);
}

/** Make a row the current one, bring it into view and give its link the focus. */
export function goTo(row: HTMLElement): void {
  mark(row);
  row.scrollIntoView({ block: "nearest" });
  const link = linkOf(row);
  if (link) link.focus({ preventScroll: true });
}

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(ROW)].filter((row) => row.checkVisibility());
}

function linkOf(row: HTMLElement): HTMLAnchorElement | null {
  return row.querySelector<HTMLAnchorElement>("a[data-open]") ?? row.querySelector<HTMLAnchorElement>("a[href]");
}

function mark(row: HTMLElement): void {
  for (const other of document.querySelectorAll(`${ROW}[aria-current]`)) other.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
}

function step(by: number): boolean {
  const all = rows();
  if (!all.length || openDialog()) return false;
  const current = currentRow();
  const at = current ? all.indexOf(current) : -1;
  const wanted = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by));
  const row = all[wanted];
  if (row) goTo(row);
  return true;
}

function open(): boolean {
  const row = currentRow();
  const link = row && linkOf(row);
  if (!link || openDialog()) return false;
  link.click();
  return true;
}

onKey("j", () => step(1));
onKey("k", () => step(-1));
onKey("o", open);
// Whoever moves with the tab key or the mouse goes on from there.
document.addEventListener("focusin", (event) => {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>(ROW) : null;
  if (row) mark(row);
});
