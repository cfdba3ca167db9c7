// Ruling without leaving the page: a link to the form of a ruling opens it in a dialog, and what is wrong with what was
// typed is told there. Without this, the link leads to the same form as a page.
import { opened } from "./dialogs";

const PLACE = "dialog-place";
const FRAGMENT = { "X-Sayso-Fragment": "true" };
const SCROLLED = "sayso-scrolled";

let cameFrom: HTMLElement | null = null;
let address = ""; // of the form that the dialog holds

document.addEventListener("click", (event) => {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const target = event.target instanceof Element ? event.target : null;
  const link = target?.closest<HTMLAnchorElement>("a[data-rule]");
  if (link) {
    event.preventDefault();
    cameFrom = link;
    void asked(link.href);
    return;
  }
  const leave = target?.closest<HTMLElement>("dialog.ruling [data-close]");
  if (leave) {
    event.preventDefault();
    leave.closest("dialog")?.close();
  }
  const shut = target?.closest<HTMLAnchorElement>("a[data-shut]");
  if (shut) {
    event.preventDefault();
    shut.closest("[data-notice]")?.remove();
  }
});

/** Open the form that an address leads to, as a dialog; the address itself where that does not work. */
export async function asked(wanted: string): Promise<void> {
  const before = document.querySelector<HTMLDialogElement>("dialog.ruling");
  if (before?.firstElementChild && wanted === address) {
    opened(before); // closed by mistake: what was typed is still there
    return;
  }
  try {
    const answer = await fetch(wanted, { headers: FRAGMENT, credentials: "same-origin" });
    if (shown(await answer.text())) address = wanted;
    else location.assign(wanted);
  } catch {
    location.assign(wanted);
  }
}

/** Put a form into the dialog; false where what came is none. */
function shown(html: string): boolean {
  const form = new DOMParser().parseFromString(html, "text/html").querySelector("form[data-ruling-form]");
  if (!form) return false;
  const dialog = held();
  dialog.replaceChildren(document.importNode(form, true));
  opened(dialog);
  focusOn(dialog);
  return true;
}

/** What is wrong, or where one types if that is in sight; else the title, so that what is ruled of is seen first. */
function focusOn(dialog: HTMLDialogElement): void {
  const wrong = dialog.querySelector<HTMLElement>("[aria-invalid]");
  const foot = wrong?.closest(".foot"); // in sight wherever the form is scrolled, unless there is little room
  if (wrong && (!foot || getComputedStyle(foot).position !== "sticky")) {
    wrong.focus();
    return;
  }
  dialog.scrollTop = 0;
  if (wrong) {
    wrong.focus({ preventScroll: true });
    return;
  }
  const first = dialog.querySelector<HTMLElement>("[autofocus]") ?? dialog.querySelector<HTMLElement>("textarea");
  const top = dialog.querySelector(".foot, .ends")?.getBoundingClientRect().top ?? Infinity;
  const end = first?.closest(".foot") ? Infinity : Math.min(top, dialog.getBoundingClientRect().bottom);
  const isInSight = first !== null && first.getBoundingClientRect().bottom < end;
  (isInSight ? first : dialog.querySelector<HTMLElement>("h2"))?.focus({ preventScroll: true });
}

function held(): HTMLDialogElement {
  const before = document.querySelector<HTMLDialogElement>("dialog.ruling");
  if (before) return before;
  const dialog = document.createElement("dialog");
  dialog.className = "ruling";
  dialog.setAttribute("aria-labelledby", "ruling-title");
  dialog.addEventListener("close", () => cameFrom?.focus());
  (document.getElementById(PLACE) ?? document.body).append(dialog);
  return dialog;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
  remember();
  if (!form.closest("dialog.ruling")) return;
  event.preventDefault();
  void sent(form, event.submitter);
});

/** Send the form of the dialog: on to where the answer leads, or the form again with what is wrong. */
async function sent(form: HTMLFormElement, by: HTMLElement | null): Promise<void> {
  const typed = new URLSearchParams();
  for (const [name, value] of new FormData(form, by)) if (typeof value === "string") typed.append(name, value);
  const buttons = form.querySelectorAll<HTMLButtonElement>("button");
  for (const button of buttons) button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", headers: FRAGMENT, credentials: "same-origin", body: typed });
    const next = answer.headers.get("X-Sayso-Go");
    if (next) {
      onTo(next);
      return;
    }
    const html = await answer.text();
    if (!shown(html)) refused(form, html);
  } catch {
    refused(form, "");
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

/** What was typed stays, and above it what the desk said. */
function refused(form: HTMLFormElement, html: string): void {
  const told = new DOMParser().parseFromString(html, "text/html").querySelector(".problem")?.textContent?.trim();
  const place = form.querySelector(".wrong.sent") ?? form.insertBefore(document.createElement("p"), form.querySelector(".ends"));
  place.className = "wrong sent";
  place.setAttribute("role", "alert");
  place.textContent = told || form.dataset["unreached"] || "";
}

function onTo(next: string): void {
  const there = new URL(next, location.href);
  if (there.origin !== location.origin) return;
  const here = new URL(location.href);
  const isSamePage = there.pathname === here.pathname && there.search === here.search;
  location.assign(there);
  if (isSamePage) location.reload();
}

// Whoever rules of one row after another stays where they are.
function remember(): void {
  try {
    sessionStorage.setItem(SCROLLED, JSON.stringify([location.pathname, window.scrollY]));
  } catch {
    // a browser that keeps nothing: the page begins at the part that was ruled of
  }
}

function comeBack(): void {
  try {
    const kept = sessionStorage.getItem(SCROLLED);
    sessionStorage.removeItem(SCROLLED);
    if (!kept || !document.querySelector("[data-notice]")) return;
    const [path, at] = JSON.parse(kept) as [string, number];
    if (path === location.pathname) window.scrollTo({ top: at, behavior: "instant" });
  } catch {
    // as above
  }
}

comeBack();

// The notice is told once: going on, reloading or copying the address does not tell it again.
if (document.querySelector("[data-notice]")) {
  const plain = new URL(location.href);
  plain.searchParams.delete("done");
  history.replaceState(history.state, "", plain);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target instanceof Element ? event.target.closest<HTMLFormElement>("form[data-ruling-form]") : null;
  if (!form) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector<HTMLButtonElement>("button.main, button[data-rules]"));
});
