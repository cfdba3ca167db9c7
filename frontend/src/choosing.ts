// Words of the sealed text that are chosen: to correct a field with, to add a statement of, to link to.
import { isTyping, onKey, openDialog } from "./keys";
import { Sealed, type Span } from "./offsets";

interface Field {
  readonly part: string;
  readonly name: string;
  readonly label: string;
}

export interface Choosing {
  stop(): boolean;
}

export function choose(reader: HTMLElement, sealed: Sealed, opened: () => HTMLElement | null): Choosing {
  const place = document.getElementById("picking");
  const report = reader.dataset["report"] ?? "";
  if (!place) return { stop: () => false };
  const bar: HTMLElement = place;
  let chosen: Span | null = null;
  let field: Field | null = null;
  const names = [...bar.querySelectorAll<HTMLTemplateElement>("template[data-field]")].map((one) => ({
    name: one.dataset["field"] ?? "",
    sort: one.dataset["sort"] ?? "",
    label: one.content.textContent?.trim() ?? "",
  }));
  const segments = segmented(sealed);
  const mayAdd = "add" in bar.dataset; // whoever may only look is given the link to the words alone
  reader.classList.add("scripted");

  function show(): void {
    const words = chosen ? sealed.words(chosen) : "";
    lightUp("chosen", chosen ? [sealed.range(chosen)].filter((one) => one !== null) : []);
    bar.hidden = !chosen && !field;
    if (bar.hidden) return;
    bar.replaceChildren();
    if (chosen) {
      const quoted = document.createElement("q");
      const inner = document.createElement("bdi");
      inner.textContent = words.length > 90 ? `${words.slice(0, 90)} …` : words;
      quoted.append(inner);
      bar.append(quoted);
    }
    if (field && chosen) bar.append(button((bar.dataset["use"] ?? "").replace("{}", field.label), use));
    else if (field) {
      const ask = document.createElement("span");
      ask.textContent = (bar.dataset["choose"] ?? "").replace("{}", field.label);
      bar.append(ask);
    } else if (chosen && mayAdd) bar.append(button(bar.dataset["add"] ?? "", add));
    if (field) bar.append(button(bar.dataset["type"] ?? "", type));
    if (!field && chosen) bar.append(...pencils(), linkTo(chosen));
    bar.append(button(bar.dataset["stop"] ?? "", () => void stop()));
    near(chosen ? sealed.range(chosen) : null);
  }

  /** Below the words that are chosen, else at the foot of the window. */
  function near(range: Range | null): void {
    const box = range?.getBoundingClientRect();
    bar.classList.toggle("near", Boolean(box));
    bar.style.top = box ? `${Math.round(box.bottom + scrollY + 10)}px` : "";
    const room = document.documentElement.clientWidth - bar.offsetWidth - 12;
    bar.style.left = box ? `${Math.round(Math.max(12, Math.min(box.left + scrollX, room)))}px` : "";
  }

  /** For the card that is open: a button for each field that the words can stand for. */
  function pencils(): HTMLElement[] {
    const card = opened();
    if (!card || !mayAdd) return [];
    const sort = card.classList.contains("event") ? "event" : "statement";
    const led = document.createElement("span");
    led.className = "for";
    led.textContent = (bar.dataset["for"] ?? "").replace("{}", card.id);
    const buttons = names
      .filter((one) => one.sort === sort)
      .map((one) =>
        button(one.label, () => {
          field = { part: card.id, name: one.name, label: one.label };
          use();
        }),
      );
    return [led, ...buttons];
  }

  function asked(ruling: string, about: string, name: string, span: Span | null): string {
    const back = location.pathname + location.search;
    const query = new URLSearchParams({ ruling, about, field: name, back });
    if (span) {
      query.set("report", report);
      query.set("start", String(span.start));
      query.set("end", String(span.end));
    }
    return `/rule?${query}`;
  }

  function go(href: string): void {
    const link = document.createElement("a");
    link.href = href;
    link.dataset["rule"] = "";
    link.hidden = true;
    reader.append(link);
    link.click();
    link.remove();
  }

  /** Open the form of a ruling with these words in it. */
  function rule(wanted: Field, span: Span | null): void {
    stop();
    go(asked("correct", `${report}#${wanted.part}`, wanted.name, span));
  }

  function use(): void {
    if (field) rule(field, chosen);
  }

  function type(): void {
    if (field) rule(field, null);
  }

  function add(): void {
    const span = chosen;
    stop();
    go(asked("add_statement", report, "words", span));
  }

  /** A button that copies an address at which these words are marked. */
  function linkTo(span: Span): HTMLButtonElement {
    const made = button(bar.dataset["link"] ?? "", () => undefined);
    made.dataset["copy"] = `${location.origin}${location.pathname}?at=${span.start}-${span.end}#at`;
    made.dataset["copied"] = bar.dataset["copied"] ?? "";
    return made;
  }

  function stop(): boolean {
    const was = chosen !== null || field !== null;
    chosen = null;
    field = null;
    show();
    return was;
  }

  document.addEventListener("selectionchange", () => {
    if (openDialog() || bar.contains(document.activeElement)) return;
    const found = sealed.selected();
    if (!found) return;
    chosen = trimmed(sealed, found);
    show();
  });
  sealed.container.addEventListener("pointerdown", () => {
    if (chosen && !field) stop();
  });
  document.addEventListener("click", (event) => {
    const pencil = event.target instanceof Element ? event.target.closest<HTMLElement>(".pencil") : null;
    const card = pencil?.closest<HTMLElement>(".card");
    const named = names.find((one) => one.name === pencil?.dataset["field"]);
    if (!card || !named) return;
    field = { part: card.id, name: named.name, label: named.label };
    show();
  });

  // By keys: the words of the open card, then fewer or more of them.
  const grow = (by: number): boolean => {
    if (openDialog()) return false;
    const from = chosen ?? spanOf(opened()?.dataset["words"]) ?? spanOf(opened()?.dataset["at"]);
    if (!from) return false;
    chosen = chosen ? grown(segments(), from, by) : from;
    document.getSelection()?.removeAllRanges();
    show();
    sealed.range(chosen)?.startContainer.parentElement?.scrollIntoView({ block: "nearest" });
    return true;
  };
  onKey("]", () => grow(1));
  onKey("[", () => grow(-1));
  onKey("{", () => moved(-1));
  onKey("}", () => moved(1));
  /** Move the beginning of what is chosen by a word, so that keys alone reach any words. */
  const moved = (by: number): boolean => {
    if (!chosen || openDialog()) return false;
    const words = segments();
    const at = words.findIndex((one) => one.end > (chosen?.start ?? 0));
    const next = words[at + by];
    if (!next) return false;
    const end = Math.max(chosen.end, next.end);
    chosen = { start: next.start, end };
    show();
    return true;
  };
  onKey("Enter", (event) => {
    if (!chosen || openDialog() || isTyping(event.target)) return false;
    if (event.target instanceof HTMLElement && event.target.closest("a, button, summary")) return false;
    if (field) use();
    else if (mayAdd) add();
    else return false;
    return true;
  });
  return { stop };
}

function button(words: string, does: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", does);
  return made;
}

/** A span written as "120-180". */
export function spanOf(written: string | undefined): Span | null {
  const told = /^(\d+)-(\d+)$/.exec(written ?? "");
  return told ? { start: Number(told[1]), end: Number(told[2]) } : null;
}

/** The words of the text as spans, found once when they are first needed. */
function segmented(sealed: Sealed): () => readonly Span[] {
  let found: Span[] | null = null;
  return () => {
    if (found) return found;
    found = [];
    const text = sealed.container.textContent ?? "";
    let at = 0; // code points
    for (const one of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) {
      const length = [...one.segment].length;
      if (one.isWordLike) found.push({ start: at, end: at + length });
      at += length;
    }
    return found;
  };
}

/** A span whose end is moved by a word; it keeps at least one. */
function grown(words: readonly Span[], span: Span, by: number): Span {
  const past = words.findIndex((one) => one.start >= span.end);
  const next = words[(past < 0 ? words.length : past) - 1 + by];
  return next && next.end > span.start ? { start: span.start, end: next.end } : span;
}

/** A span without the blanks at its ends, which a double click takes along. */
function trimmed(sealed: Sealed, span: Span): Span {
  const points = [...sealed.words(span)];
  let start = 0;
  let end = points.length;
  while (start < end && /\s/.test(points[start] ?? "")) start += 1;
  while (end > start && /\s/.test(points[end - 1] ?? "")) end -= 1;
  return { start: span.start + start, end: span.start + end };
}

/** Light ranges up without touching the text, under a name that the style sheet knows. */
export function lightUp(name: string, ranges: readonly Range[]): void {
  if (!("highlights" in CSS)) return;
  if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
  else CSS.highlights.delete(name);
}
