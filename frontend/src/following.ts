// What goes on beside the desk is followed: the part of the page that tells how far it is, asked for again and again.
const WAIT = 1000; // milliseconds
const FRAGMENT = { "X-Sayso-Fragment": "1" };

async function follow(): Promise<void> {
  const place = document.querySelector<HTMLElement>("[data-follow]");
  if (!place) return;
  const answer = await fetch(place.dataset["follow"] ?? "", { headers: FRAGMENT, redirect: "error" });
  const told = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = told.querySelector("[data-follow]");
  if (!answer.ok || !now || told.querySelector("main")) {
    location.reload();
    return;
  }
  place.replaceWith(now);
  window.setTimeout(tried, WAIT);
}

function tried(): void {
  follow().catch(() => window.setTimeout(tried, 5 * WAIT));
}

window.setTimeout(tried, WAIT);
