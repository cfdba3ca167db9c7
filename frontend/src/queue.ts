// One question after another by keys: each of its buttons has one, which a person can change for themselves.
import { isTyping, onOtherKeys, openDialog } from "./keys";
import { tell } from "./telling";

const KEPT = "sayso-queue-keys";
const USUAL: Readonly<Record<string, string>> = {
  accept: "a",
  reject: "r",
  fix: "f",
  duplicate: "d",
  second: "t",
  note: "n",
  skip: "s",
  next: " ",
  undo: "u",
};
const EXTEND = 60_000; // milliseconds after which a question that is worked on is held longer

let mine = kept();

function kept(): Record<string, string> {
  try {
    const held = JSON.parse(localStorage.getItem(KEPT) ?? "{}") as Record<string, unknown>;
    const own = Object.entries(held).filter(([name, key]) => name in USUAL && typeof key === "string" && key.length === 1);
    return { ...USUAL, ...(Object.fromEntries(own) as Record<string, string>) };
  } catch {
    return { ...USUAL };
  }
}

function shownKeys(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-kbd]")) {
    const key = mine[place.dataset["kbd"] ?? ""] ?? "";
    place.textContent = key === " " ? "␣" : key;
  }
  for (const thing of document.querySelectorAll<HTMLElement>("[data-do]")) {
    const key = mine[thing.dataset["do"] ?? ""] ?? "";
    thing.setAttribute("aria-keyshortcuts", key === " " ? "Space" : key);
  }
}

/** Press the button of an action; false where the page has none such. */
function done(name: string): boolean {
  const thing = document.querySelector<HTMLElement>(`[data-do="${name}"]`);
  if (!thing || !thing.checkVisibility()) return false;
  const drop = thing.closest<HTMLDetailsElement>("details.drop");
  if (!drop) {
    if (sent) return true;
    thing.click();
    return true;
  }
  drop.open = !drop.open;
  const first = drop.querySelector<HTMLElement>(drop.dataset["drop"] === "note" ? "input" : "[data-digit]");
  if (drop.open) first?.focus();
  return true;
}

let sent = false; // one answer is on its way: a key pressed twice must not answer the next question

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-answers], [data-did]")) return;
  if (sent) event.preventDefault();
  sent = true;
});
window.addEventListener("pageshow", (event) => {
  sent = false;
  if (event.persisted) location.reload(); // the question may have been answered since
});

onOtherKeys((key) => {
  if (openDialog()) return false;
  const focus = document.activeElement;
  if (key === " " && focus instanceof HTMLElement && focus.matches("button, a, summary, input")) return false;
  const drop = document.querySelector<HTMLElement>("details.drop[open]");
  const choices = drop ?? document.querySelector<HTMLElement>("[data-against]");
  const digit = choices?.querySelector<HTMLButtonElement>(`[data-digit="${CSS.escape(key)}"]`);
  if (digit) {
    digit.click();
    return true;
  }
  const name = Object.keys(mine).find((one) => mine[one] === key);
  return name !== undefined && done(name);
});

document.addEventListener("keydown", (event) => {
  const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key === "z";
  if (isUndo && !isTyping(event.target) && !openDialog() && done("undo")) event.preventDefault();
  if (event.key === "Escape") {
    for (const drop of document.querySelectorAll<HTMLDetailsElement>("details.drop[open]")) {
      drop.open = false;
      drop.querySelector("summary")?.focus();
    }
  }
  const field = event.target;
  if (event.key === "Enter" && field instanceof HTMLInputElement && field.dataset["enter"]) {
    event.preventDefault();
    const form = field.form;
    const button = form?.querySelector<HTMLButtonElement>(`button[name="do"][value="${field.dataset["enter"]}"]`);
    if (form && button) form.requestSubmit(button);
  }
});

// Holding: nobody else is given what is open here, as long as it is worked on.
const asked = document.querySelector<HTMLElement>("[data-asked][data-holds]");
if (asked) {
  if (asked.dataset["holds"] !== "now") void hold(asked); // who came from a question before has it already
  let worked = false;
  for (const sign of ["keydown", "pointermove", "scroll"]) document.addEventListener(sign, () => (worked = true), { passive: true });
  window.setInterval(() => {
    if (worked && !document.hidden) void hold(asked);
    worked = false;
  }, EXTEND);
}

async function hold(question: HTMLElement): Promise<void> {
  const token = document.querySelector<HTMLMetaElement>("meta[name=sayso-token]")?.content ?? "";
  const body = new URLSearchParams({ about: question.dataset["asked"] ?? "" });
  const headers = { "X-Sayso-Token": token };
  try {
    const answer = await fetch(`/queue/${question.dataset["queue"] ?? ""}/hold`, { method: "POST", headers, credentials: "same-origin", body });
    const told = (await answer.json()) as { held?: boolean; who?: string };
    if (told.held === false) tell((question.dataset["elsewhere"] ?? "").replace("{}", told.who ?? ""));
  } catch {
    tell(question.dataset["unreached"] ?? "");
  }
}

// Keys of one's own
const form = document.querySelector<HTMLFormElement>("[data-own-keys]");
if (form) {
  const fields = [...form.querySelectorAll<HTMLInputElement>("input[name]")];
  const wrong = form.querySelector<HTMLElement>(".wrong");
  const fill = (): void => {
    for (const field of fields) field.value = (mine[field.name] ?? "").trim();
  };
  fill();
  form.addEventListener("submit", (event) => {
    const wanted = Object.fromEntries(fields.map((field) => [field.name, field.value || " "]));
    if (new Set(Object.values(wanted)).size < fields.length) {
      event.preventDefault();
      if (wrong) {
        wrong.textContent = form.dataset["taken"] ?? "";
        wrong.hidden = false;
      }
      return;
    }
    if (wrong) wrong.hidden = true;
    keep(wanted);
  });
  form.querySelector("[data-reset]")?.addEventListener("click", () => {
    keep({ ...USUAL });
    fill();
  });
}

function keep(wanted: Record<string, string>): void {
  mine = wanted;
  try {
    localStorage.setItem(KEPT, JSON.stringify(wanted));
  } catch {
    // a browser that keeps nothing: they hold until the page is left
  }
  shownKeys();
}

shownKeys();
