// Keys: one listener for the page, and who answers which key. No key fires while somebody types.

type Answer = (event: KeyboardEvent) => boolean | void;

const answers = new Map<string, Answer[]>();
const others: ((key: string) => boolean)[] = [];
const WAIT = 1200; // milliseconds that the second key of a pair may take
let first = "";
let firstAt = 0;

/**
 * Answer a key ("j"), or a pair pressed one after the other ("g i"). An answer that returns false leaves the key to
 * those who asked for it earlier, and at last to the browser.
 */
export function onKey(keys: string, answer: Answer): void {
  answers.set(keys, [answer, ...(answers.get(keys) ?? [])]);
}

/** Answer keys that nobody else answers. An answer that returns false leaves the key to the browser. */
export function onOtherKeys(answer: (key: string) => boolean): void {
  others.push(answer);
}

/** Whether what holds the focus takes letters itself. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["button", "checkbox", "radio", "submit", "reset"].includes(target.type);
}

/** The dialog that is open over the page, if there is one. */
export function openDialog(): HTMLDialogElement | null {
  return document.querySelector<HTMLDialogElement>("dialog:modal");
}

function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target)) return;
  const pair = performance.now() - firstAt < WAIT ? `${first} ${event.key}` : "";
  first = "";
  if (pair && answered(pair, event)) return;
  if (answered(event.key, event)) return;
  if ([...answers.keys()].some((keys) => keys.startsWith(`${event.key} `))) {
    first = event.key;
    firstAt = performance.now();
    return;
  }
  if (others.some((answer) => answer(event.key))) event.preventDefault();
}

function answered(keys: string, event: KeyboardEvent): boolean {
  for (const answer of answers.get(keys) ?? []) {
    if (answer(event) === false) continue;
    event.preventDefault();
    return true;
  }
  return false;
}

document.addEventListener("keydown", pressed);
