// The report's own script: cards beside their words, layers on digits, words chosen to correct or to add.
// Without it everything is there: cards stand in order, layers are turned by their form, corrections have a form.
import { isTyping, onKey, openDialog } from "./keys";
import { Sealed, type Span } from "./offsets";
import { tell } from "./telling";

const reader = document.querySelector<HTMLElement>("[data-reader]");
const sealedBox = document.querySelector<HTMLElement>("[data-sealed]");
const margin = document.querySelector<HTMLElement>(".margin");
if (reader) layered(reader);
if (reader && sealedBox && margin) read(reader, sealedBox, margin);

// Layers

function layered(reader: HTMLElement): void {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>("[data-layer]")];
  const turn = (button: HTMLButtonElement, on?: boolean): void => {
    const is = on ?? button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(is));
    reader.classList.toggle(`no-${button.dataset["layer"] ?? ""}`, !is);
  };
  buttons.forEach((button, index) => {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      turn(button);
      remember(buttons);
    });
    onKey(String(index + 1), () => {
      if (openDialog()) return false;
      button.click();
      const is = button.getAttribute("aria-pressed") === "true" ? "shown" : "hidden";
      tell(`${button.querySelector("span")?.textContent ?? ""}: ${button.form?.dataset[is] ?? ""}`);
      return true;
    });
  });
  onKey("0", () => {
    if (openDialog()) return false;
    const anyOn = buttons.some((button) => button.getAttribute("aria-pressed") === "true");
    for (const button of buttons) turn(button, !anyOn);
    remember(buttons);
    return true;
  });
  onKey("v", () => {
    const shapes = [...document.querySelectorAll<HTMLAnchorElement>("[data-shape]")];
    const now = shapes.findIndex((one) => one.hasAttribute("aria-current"));
    const next = shapes[(now + 1) % shapes.length];
    if (!next || openDialog()) return false;
    next.click();
    return true;
  });
}

/** Keep the layers that are off in the address, so that a copied link shows the same. */
function remember(buttons: readonly HTMLButtonElement[]): void {
  const off = buttons.filter((one) => one.getAttribute("aria-pressed") !== "true").map((one) => one.dataset["layer"] ?? "");
  const address = new URL(location.href);
  if (off.length) address.searchParams.set("off", off.sort().join("-"));
  else address.searchParams.delete("off");
  history.replaceState(history.state, "", address);
}

// Cards and their words

interface Place {
  readonly path: string;
  readonly part: string;
  readonly top: number;
  readonly at: number;
}

const RETURN = 20_000; // milliseconds that a ruling may take to lead back

function read(reader: HTMLElement, box: HTMLElement, margin: HTMLElement): void {
  const cards = [...margin.querySelectorAll<HTMLElement>(".card")];
  const marked = [...box.querySelectorAll<HTMLElement>("[data-of]")];
  const partsOf = (mark: Element): string[] => (mark.getAttribute("data-of") ?? "").split(" ").filter(Boolean);
  const marksOf = new Map<string, HTMLElement[]>();
  for (const mark of marked) for (const part of partsOf(mark)) marksOf.set(part, [...(marksOf.get(part) ?? []), mark]);
  const byPart = new Map(cards.map((card) => [card.dataset["part"] ?? "", card]));
  const sealed = new Sealed(box);
  const wide = window.matchMedia("(min-width: 70.01rem)");
  let opened: HTMLElement | null = margin.querySelector<HTMLElement>(".card.open");

  const light = (part: string, on: boolean): void => {
    for (const mark of marksOf.get(part) ?? []) mark.classList.toggle("lit", on);
    byPart.get(part)?.classList.toggle("lit-card", on);
  };
  const dark = (): void => {
    for (const one of box.querySelectorAll(".lit")) one.classList.remove("lit");
    for (const one of margin.querySelectorAll(".lit-card")) one.classList.remove("lit-card");
    if (opened) for (const mark of marksOf.get(opened.dataset["part"] ?? "") ?? []) mark.classList.add("lit");
  };

  const wanted = (card: HTMLElement): number => {
    const span = spanOf(card.dataset["words"]);
    const range = span ? sealed.range(span) : null;
    const first = range?.getClientRects()[0] ?? marksOf.get(card.dataset["part"] ?? "")?.[0]?.getBoundingClientRect();
    return first ? first.top - margin.getBoundingClientRect().top : 0;
  };

  /** Each card beside its words where there is room; the open one exactly, the others pushed up and down from it. */
  function align(): void {
    reader.classList.toggle("aligned", wide.matches);
    if (!wide.matches) {
      margin.style.blockSize = "";
      for (const card of cards) card.style.insetBlockStart = "";
      return;
    }
    const gap = 5;
    const places = cards.map((card) => ({ card, top: wanted(card), height: card.offsetHeight }));
    const at = Math.max(0, opened ? cards.indexOf(opened) : 0);
    for (let i = at + 1; i < places.length; i += 1) {
      const before = places[i - 1];
      const here = places[i];
      if (before && here) here.top = Math.max(here.top, before.top + before.height + gap);
    }
    for (let i = at - 1; i >= 0; i -= 1) {
      const after = places[i + 1];
      const here = places[i];
      if (after && here) here.top = Math.min(here.top, after.top - here.height - gap);
    }
    // What would stand above the margin pushes all the others down.
    let least = 0;
    for (const here of places) {
      here.top = Math.max(here.top, least);
      least = here.top + here.height + gap;
    }
    for (const { card, top } of places) card.style.insetBlockStart = `${Math.round(top)}px`;
    margin.style.blockSize = `${Math.max(least, box.offsetHeight)}px`;
  }

  function open(card: HTMLElement | null, how: { scroll?: boolean; focus?: boolean } = {}): void {
    if (opened !== card) opened?.classList.remove("open");
    opened = card;
    card?.classList.add("open");
    dark();
    align();
    if (!card) return;
    if (how.focus) card.focus({ preventScroll: true });
    if (!how.scroll) return;
    const mark = marksOf.get(card.dataset["part"] ?? "")?.[0];
    (wide.matches && mark ? mark : card).scrollIntoView({ block: wide.matches ? "center" : "nearest" });
  }

  cards.forEach((card) => {
    const part = card.dataset["part"] ?? "";
    card.addEventListener("pointerenter", () => light(part, true));
    card.addEventListener("pointerleave", dark);
    card.addEventListener("focusin", () => {
      if (opened !== card) open(card);
    });
    card.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("a, button, input, select, summary")) return;
      open(opened === card ? null : card);
    });
  });
  for (const mark of marked) {
    mark.addEventListener("pointerenter", () => {
      for (const part of partsOf(mark)) light(part, true);
    });
    mark.addEventListener("pointerleave", dark);
    mark.addEventListener("click", () => {
      if (!document.getSelection()?.isCollapsed) return;
      const parts = partsOf(mark);
      const now = opened ? parts.indexOf(opened.dataset["part"] ?? "") : -1;
      const next = byPart.get(parts[(now + 1) % parts.length] ?? "");
      if (next) open(next);
    });
  }

  // Links to other cards, and to words of this same report, need no new page.
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-card], a[data-at]") : null;
    if (!link) return;
    const card = byPart.get(link.dataset["card"] ?? "");
    const span = spanOf(link.dataset["at"]);
    if (card) open(card, { scroll: true, focus: true });
    else if (span) point(span);
    else return;
    event.preventDefault();
    history.replaceState(history.state, "", card ? `#${card.id}` : link.href);
  });

  /** Mark a stretch strongly and bring it into view. */
  function point(span: Span): void {
    const range = sealed.range(span);
    if (!range) return;
    lightUp("pointed", [range]);
    for (const old of box.querySelectorAll(".l-at")) old.classList.remove("l-at");
    const element = range.startContainer.parentElement;
    const first = range.getBoundingClientRect();
    if (first.top < 90 || first.bottom > innerHeight - 40) element?.scrollIntoView({ block: "center" });
  }

  const step = (by: number): boolean => {
    if (!cards.length || openDialog()) return false;
    const now = opened ? cards.indexOf(opened) : by > 0 ? -1 : cards.length;
    const next = cards[Math.min(cards.length - 1, Math.max(0, now + by))];
    if (next) open(next, { scroll: true, focus: true });
    return true;
  };
  onKey("n", () => step(1));
  onKey("p", () => step(-1));
  const press = (what: string): boolean => {
    const found = opened?.querySelector<HTMLElement>(`[data-do="${what}"] :is(a, button)`);
    if (!found || openDialog()) return false;
    found.click();
    return true;
  };
  onKey("a", () => press("accept"));
  onKey("r", () => press("reject"));
  onKey("t", () => press("trace"));
  onKey("c", () => press("correct"));
  onKey("Escape", () => {
    if (openDialog()) return false;
    if (choosing.stop()) return true;
    if (!opened) return false;
    open(null);
    return true;
  });

  const choosing = choose(reader, sealed, () => opened);

  // Who rules comes back to the page: to the same card, and to where they had scrolled.
  const PLACE = "sayso-place";
  addEventListener("pagehide", () => {
    const place: Place = { path: location.pathname, part: opened?.id ?? "", top: scrollY, at: Date.now() };
    sessionStorage.setItem(PLACE, JSON.stringify(place));
  });
  const comeBack = (): boolean => {
    const kept = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
    if (!kept) return false;
    const place = JSON.parse(kept) as Place;
    const isElsewhere = location.hash && location.hash !== `#${place.part}`;
    if (place.path !== location.pathname || isElsewhere || box.querySelector(".l-at")) return false;
    if (!place.part || Date.now() - place.at > RETURN) return false;
    open(byPart.get(place.part) ?? null);
    const there = (): void => scrollTo({ top: place.top, behavior: "instant" });
    there();
    // The browser goes to the card of the address by itself, once all is loaded.
    addEventListener("load", () => requestAnimationFrame(there));
    return true;
  };
  const fromHash = (): void => {
    const card = byPart.get(decodeURIComponent(location.hash.slice(1)));
    if (card) open(card, { scroll: true });
  };
  addEventListener("hashchange", fromHash);
  wide.addEventListener("change", align);
  new ResizeObserver(align).observe(box);
  margin.addEventListener("toggle", align, true);
  void document.fonts.ready.then(align);
  align();
  if (comeBack()) return;
  fromHash();
  if (!byPart.has(location.hash.slice(1))) box.querySelector(".l-at")?.scrollIntoView({ block: "center" });
}

// Words chosen to correct a field with, or to add a statement of

interface Field {
  readonly part: string;
  readonly name: string;
  readonly label: string;
}

interface Choosing {
  stop(): boolean;
}

function choose(reader: HTMLElement, sealed: Sealed, opened: () => HTMLElement | null): Choosing {
  const place = document.getElementById("picking");
  const report = reader.dataset["report"] ?? "";
  if (!place) return { stop: () => false };
  const bar: HTMLElement = place;
  let chosen: Span | null = null;
  let field: Field | null = null;
  const names = [...bar.querySelectorAll<HTMLTemplateElement>("template[data-field]")].map((one) => ({
    name: one.dataset["field"] ?? "",
    sort: one.dataset["sort"] ?? "",
    label: one.innerHTML,
  }));
  const segments = segmented(sealed);
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
    } else if (chosen) bar.append(button(bar.dataset["add"] ?? "", add));
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
    if (!card) return [];
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
    else add();
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
function spanOf(written: string | undefined): Span | null {
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
function lightUp(name: string, ranges: readonly Range[]): void {
  if (!("highlights" in CSS)) return;
  if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
  else CSS.highlights.delete(name);
}
