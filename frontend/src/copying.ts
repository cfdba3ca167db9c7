// `data-copy` on a button: its text goes to the clipboard, and `data-copied` is told.
import { tell } from "./telling";

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-copy]") : null;
  if (button) void copied(button);
});

async function copied(button: HTMLElement): Promise<void> {
  const words = button.dataset["copy"] || button.textContent || "";
  try {
    await navigator.clipboard.writeText(words);
    tell(button.dataset["copied"] ?? "");
  } catch {
    shown(button, words);
  }
}

/** Where the browser gives no clipboard, the words stand selected beside the button, ready for the person's own keys. */
function shown(button: HTMLElement, words: string): void {
  const field = document.createElement("input");
  field.readOnly = true;
  field.value = words;
  field.setAttribute("aria-label", button.textContent ?? "");
  button.after(field);
  field.select();
  field.addEventListener("blur", () => field.remove());
}
