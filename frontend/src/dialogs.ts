// `data-dialog="keys"` opens the dialog of that id; a click beside a dialog closes it.
import { onKey } from "./keys";

/** Open a dialog over the page. */
export function opened(dialog: HTMLDialogElement): void {
  if (!dialog.open) dialog.showModal();
}

function named(id: string): HTMLDialogElement | null {
  const found = document.getElementById(id);
  return found instanceof HTMLDialogElement ? found : null;
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const id = target?.closest<HTMLElement>("[data-dialog]")?.dataset["dialog"];
  const dialog = id ? named(id) : null;
  if (dialog) opened(dialog);
  else if (target instanceof HTMLDialogElement && !within(target, event)) target.close();
});

function within(dialog: HTMLDialogElement, event: MouseEvent): boolean {
  const box = dialog.getBoundingClientRect();
  const { clientX: x, clientY: y } = event;
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

onKey("?", () => {
  const keys = named("keys");
  if (!keys) return false;
  if (keys.open) keys.close();
  else opened(keys);
  return true;
});
