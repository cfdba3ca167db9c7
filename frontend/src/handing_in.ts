// Handing in: files that are chosen or dropped, with all that is in their folders, are sent one after another, each as
// the body of its own request, and what the desk sealed is told beside its name. Rows of knowledge go first.

type Named = { file: File; name: string };
type Sealed = { name: string; sha256: string | null; state: string; says: string | null; problem?: string };

const HASH = 16; // signs of a hash that a line shows
const SHOWN = 200; // lines of what was sent that stay on the page
let sending = false;

/** Take files off the page of the inbox; `after` is called when some were sealed. */
export function handIn(after: () => void): void {
  const section = document.querySelector<HTMLElement>("[data-intake]");
  const form = section?.querySelector<HTMLFormElement>("form[data-files]");
  if (!section || !form) return;
  section.classList.add("scripted");
  form.addEventListener("change", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || field.type !== "file" || !field.files?.length) return;
    const chosen = [...field.files].map((file) => ({ file, name: file.webkitRelativePath || file.name }));
    field.value = "";
    void sent(form, chosen, after);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  dropping(section, form, after);
  window.addEventListener("beforeunload", (event) => {
    if (sending) event.preventDefault();
  });
}

// Whatever is dropped on the page is for the inbox: a browser would leave the page to show it.
function dropping(section: HTMLElement, form: HTMLFormElement, after: () => void): void {
  document.addEventListener("dragover", (event) => {
    if (!isOurs(event)) return;
    event.preventDefault();
    section.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) section.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    section.classList.remove("over");
    if (!isOurs(event) || !event.dataTransfer) return;
    event.preventDefault();
    const dropped = held(event.dataTransfer); // read at once: it is empty when the event is over
    void dropped.then((files) => sent(form, files, after));
  });
}

function isOurs(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

async function held(data: DataTransfer): Promise<Named[]> {
  const plain = [...data.files].map((file) => ({ file, name: file.name }));
  const entries = [...data.items].map((item) => (item.kind === "file" ? item.webkitGetAsEntry() : null));
  if (!entries.some((entry) => entry?.isDirectory)) return plain;
  const found = await Promise.all(entries.map((entry) => (entry ? below(entry) : [])));
  return found.flat();
}

async function below(entry: FileSystemEntry): Promise<Named[]> {
  if (entry.name.startsWith(".")) return []; // as `sayso add` passes over what is hidden
  if (entry instanceof FileSystemFileEntry) {
    const file = await new Promise<File | null>((done) => entry.file(done, () => done(null)));
    return file ? [{ file, name: entry.fullPath.replace(/^\//, "") }] : [];
  }
  if (!(entry instanceof FileSystemDirectoryEntry)) return [];
  const reader = entry.createReader();
  const found: Named[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done) => reader.readEntries(done, () => done([])));
    if (!some.length) return found;
    for (const one of some) found.push(...(await below(one)));
  }
}

async function sent(form: HTMLFormElement, files: Named[], after: () => void): Promise<void> {
  const section = form.closest<HTMLElement>("[data-intake]");
  const list = form.querySelector<HTMLElement>("[data-sending]");
  if (!section || !list || !files.length) return;
  const count = form.querySelector<HTMLElement>("[data-sent]");
  form.querySelector("details")?.removeAttribute("open"); // what is read stands below, and is not pushed out of view
  list.hidden = false;
  sending = true;
  const isRows = (one: Named): number => (one.name.toLowerCase().endsWith(".toml") ? 0 : 1);
  const ordered = [...files].sort((a, b) => isRows(a) - isRows(b) || (a.name < b.name ? -1 : 1));
  for (const [n, one] of ordered.entries()) {
    const line = told(list, one.name, `${section.dataset["sealing"] ?? ""} …`);
    const sealed = await sealedAt(form, one);
    const isTaken = !sealed.problem;
    line.className = isTaken && sealed.state !== "failed" ? "" : "refused";
    write(line, one.name, isTaken ? (section.dataset["sealed"] ?? "") : `${section.dataset["refused"] ?? ""}: ${sealed.problem}`, sealed);
    if (isTaken) for (const hint of document.querySelectorAll<HTMLElement>(".lead[data-only-empty]")) hint.hidden = true;
    if (count) count.textContent = `${section.dataset["sealed"] ?? ""}: ${n + 1} / ${ordered.length}`;
    if (n % 20 === 0) after();
  }
  sending = false;
  after();
}

async function sealedAt(form: HTMLFormElement, one: Named): Promise<Sealed> {
  const query = new URLSearchParams();
  for (const name of ["published", "publisher"]) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement && field.value) query.set(name, field.value);
  }
  const token = document.querySelector<HTMLMetaElement>('meta[name="sayso-token"]')?.content ?? "";
  const headers = { "X-Sayso-Token": token, "X-Sayso-Name": encodeURIComponent(one.name.replace(/\p{Surrogate}/gu, "\ufffd")), "Content-Type": "application/octet-stream" };
  const none = { name: one.name, sha256: null, state: "failed", says: null };
  try {
    const answer = await fetch(`/inbox/upload?${query.toString()}`, { method: "POST", headers, body: one.file, credentials: "same-origin" });
    const words = await answer.text();
    if (answer.headers.get("content-type")?.startsWith("application/json")) return JSON.parse(words) as Sealed;
    const page = new DOMParser().parseFromString(words, "text/html");
    return { ...none, problem: (page.querySelector(".problem")?.textContent ?? words).trim().slice(0, 300) };
  } catch (error) {
    return { ...none, problem: String(error) };
  }
}

function told(list: HTMLElement, name: string, words: string): HTMLElement {
  const line = document.createElement("li");
  write(line, name, words);
  list.prepend(line);
  while (list.children.length > SHOWN) list.lastElementChild?.remove();
  return line;
}

function write(line: HTMLElement, name: string, words: string, sealed?: Sealed): void {
  const shown = document.createElement("bdi");
  shown.textContent = name;
  const state = document.createElement("span");
  state.textContent = words;
  line.replaceChildren(shown, state);
  if (sealed?.sha256) {
    const seal = document.createElement("span");
    seal.className = "id";
    seal.textContent = `${sealed.sha256.slice(0, HASH)}…`; // all of it stands under Taken in
    seal.title = sealed.sha256;
    line.append(seal);
  }
  if (sealed?.says) line.append(sealed.says);
}
