// The inbox: files are dropped and sealed one after another, rows are set aside without leaving the page, and what is
// being read is looked at again every two seconds. Without this, the same forms are sent as forms.
import { handIn } from "./handing_in";
import { onKey, openDialog } from "./keys";
import { currentRow, goTo } from "./rows";
import { asked } from "./ruling";
import { tell } from "./telling";

const FRAGMENT = { "X-Sayso-Fragment": "true" };
const LOOKS = 2000; // milliseconds
const PARTS = ["running", "sorts", "list"];

// What is being read

let waiting = 0;

/** Look again soon, as long as something is being read. */
function lookAgain(): void {
  window.clearTimeout(waiting);
  if (document.querySelector("#running[data-running]")) waiting = window.setTimeout(() => void looked(), LOOKS);
}

/** The page's parts anew: how far it is, the sorts, and the rows unless somebody is at them. */
async function looked(whole = false): Promise<void> {
  if (document.hidden && !whole) {
    lookAgain();
    return;
  }
  try {
    const answer = await fetch(plainAddress(), { headers: FRAGMENT, credentials: "same-origin" });
    if (answer.ok) shown(await answer.text(), whole);
  } catch {
    // the desk was ended, or is started anew: the next look tells
  }
  lookAgain();
}

function plainAddress(): string {
  const here = new URL(location.href);
  for (const name of ["took", "marked", "done"]) here.searchParams.delete(name);
  if (here.pathname !== "/inbox") here.pathname = "/inbox"; // after a form that was sent with something wrong in it
  return here.href;
}

function shown(html: string, whole: boolean): void {
  const told = new DOMParser().parseFromString(html, "text/html");
  const place = document.querySelector("[data-inbox]");
  if (!place) return;
  if (told.querySelector("[data-row]")) for (const one of document.querySelectorAll("[data-only-empty]")) one.remove();
  unread(told);
  for (const id of PARTS) {
    const [old, fresh] = [document.getElementById(id), told.getElementById(id)];
    if (id === "list" && old && !whole && isUsed(old)) continue;
    if (old && fresh) old.replaceWith(document.importNode(fresh, true));
    else if (fresh) place.append(document.importNode(fresh, true));
  }
}

/** Beside what was just sealed: how much of what was handed in gave no report, and the way to the reasons. */
function unread(told: Document): void {
  const line = document.querySelector<HTMLElement>("[data-sent]");
  const tab = told.querySelector<HTMLAnchorElement>("#sorts a.apart");
  if (!line?.textContent || !tab || !Number(tab.querySelector(".n")?.textContent)) return;
  line.querySelector("a")?.remove();
  line.append(Object.assign(document.createElement("a"), { href: tab.getAttribute("href") ?? "", textContent: tab.textContent ?? "" }));
}

/** Whether somebody is at the rows: one is current, picked or opened, or a field of theirs is typed in. */
function isUsed(list: HTMLElement): boolean {
  return list.contains(document.activeElement) || list.querySelector("[data-row][aria-current], [data-pick-row]:checked, details[open]") !== null;
}

lookAgain();
handIn(() => void looked(true));

// Rows

type Undo = { do: string; about: string; row: HTMLElement; before: Element | null; list: Element };
const undone: Undo[] = [];
const INVERSE: Record<string, string> = { park: "back", back: "park", seen: "unseen" };

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  const by = event.submitter;
  if (form.matches("[data-pick]") && by?.matches("[data-merge]")) {
    event.preventDefault();
    merge();
  }
  const row = form.closest<HTMLElement>("[data-row]");
  if (!form.matches("[data-triage]") || !(by instanceof HTMLButtonElement) || !row) return;
  event.preventDefault();
  void triaged(row, by);
});

/** Set a row aside, and go on with the next. */
async function triaged(row: HTMLElement, by: HTMLButtonElement): Promise<void> {
  const about = row.dataset["about"] ?? "";
  if (!(await sent(by.value, about))) {
    by.form?.submit();
    return;
  }
  const list = row.parentElement;
  if (!list) return;
  const [next, before] = [row.nextElementSibling, row.nextElementSibling];
  const go = next ?? row.previousElementSibling;
  undone.push({ do: INVERSE[by.value] ?? "", about, row, before, list });
  row.remove();
  if (go instanceof HTMLElement) goTo(go);
  tell(by.dataset["told"] ?? "");
  if (!list.children.length) void looked(true);
}

/** Send one mark; whether the desk took it. */
async function sent(what: string, about: string): Promise<boolean> {
  const token = document.querySelector<HTMLMetaElement>('meta[name="sayso-token"]')?.content ?? "";
  const body = new URLSearchParams({ do: what, about });
  const headers = { ...FRAGMENT, "X-Sayso-Token": token };
  try {
    const answer = await fetch("/inbox/triage", { method: "POST", headers, body, credentials: "same-origin", keepalive: true });
    return answer.status === 204;
  } catch {
    return false;
  }
}

async function undo(): Promise<void> {
  const last = undone.pop();
  if (!last) return;
  if (!(await sent(last.do, last.about))) {
    location.reload();
    return;
  }
  if (!last.list.isConnected) {
    void looked(true);
    return;
  }
  last.list.insertBefore(last.row, last.before?.isConnected ? last.before : null);
  goTo(last.row);
}

// A row that is opened is new no more.
for (const kind of ["click", "auxclick"]) {
  document.addEventListener(kind, (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-seen]") : null;
    const about = link?.closest<HTMLElement>("[data-row]")?.dataset["about"];
    if (link && about) {
      delete link.dataset["seen"];
      void sent("seen", about);
    }
  });
}

// Keys

function within(selector: string): HTMLElement | null {
  return openDialog() ? null : (currentRow()?.querySelector<HTMLElement>(selector) ?? null);
}

onKey("e", () => {
  const button = within("[data-park]");
  button?.click();
  return button !== null;
});

onKey("x", () => {
  const box = within("[data-pick-row]");
  box?.click();
  return box !== null;
});

onKey("u", () => {
  if (!undone.length || openDialog()) return false;
  void undo();
  return true;
});

onKey("m", () => !openDialog() && merge());

/** Ask whether the two that are picked, or the one that is picked and the current one, are one telling. */
function merge(): boolean {
  const form = document.querySelector<HTMLFormElement>("form[data-pick]");
  if (!form) return false;
  const picked = [...document.querySelectorAll<HTMLInputElement>("[data-pick-row]:checked")].map((box) => box.value);
  const current = currentRow()?.dataset["about"];
  if (picked.length === 1 && current && current !== picked[0]) picked.push(current);
  if (picked.length !== 2) {
    tell(form.dataset["two"] ?? "");
    return true;
  }
  const here = new URL(plainAddress());
  const query = new URLSearchParams([["ruling", "copy"], ...picked.map((one) => ["about", one]), ["back", here.pathname + here.search]]);
  void asked(`/rule?${query.toString()}`);
  return true;
}
