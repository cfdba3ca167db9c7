// Telling the person something in passing: read aloud by screen readers, gone after a moment.

const SHOWN = 2500; // milliseconds
let until = 0;

/** Say something at the foot of the page for a moment. */
export function tell(words: string): void {
  const place = document.getElementById("told");
  if (!place) return;
  place.textContent = words;
  window.clearTimeout(until);
  until = window.setTimeout(() => {
    place.textContent = "";
  }, SHOWN);
}
