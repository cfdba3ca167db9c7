// The report's own script: cards beside their words, layers on digits, words chosen to correct or to add.
// Without it everything is there: cards stand in order, layers are turned by their form, corrections have a form.
import { choose, lightUp, spanOf } from "./choosing";
import { onKey, openDialog } from "./keys";
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

/** A card that came in brief, told whole; whether there was more to tell. Where it cannot be had, its link leads to it. */
async function filled(card: HTMLElement, from: string): Promise<boolean> {
  if (!card.classList.contains("brief")) return false;
  try {
    const asked = { headers: { "X-Sayso-Fragment": "true" }, credentials: "same-origin" } as const;
    const answer = await fetch(from + encodeURIComponent(card.id), asked);
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("article.card");
    if (!answer.ok || !found || !card.classList.contains("brief")) return false;
    card.replaceChildren(...document.importNode(found, true).childNodes);
    card.classList.remove("brief");
    return true;
  } catch {
    return false;
  }
}

const CROWD = 160; // pixels that cards may push the one that is open off its words
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
  let filling: Promise<void> = Promise.resolve();

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
      for (const card of cards) {
        card.style.insetBlockStart = "";
        card.classList.remove("off");
      }
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
    // What would stand above the margin pushes all the others down; where that is much, it is out of sight instead:
    // the card that is open stays beside its words.
    const isCrowded = (places[0]?.top ?? 0) < -CROWD;
    let least = isCrowded ? -Infinity : 0;
    for (const here of places) {
      here.top = Math.max(here.top, least);
      least = here.top + here.height + gap;
    }
    for (const { card, top } of places) {
      card.style.insetBlockStart = `${Math.round(top)}px`;
      card.classList.toggle("off", isCrowded && top < 0);
    }
    margin.style.blockSize = `${Math.max(least, box.offsetHeight)}px`;
  }

  /** `scroll`: its words come into view, and the card beside them; where there is no room beside, over the foot. */
  function open(card: HTMLElement | null, how: { scroll?: boolean; focus?: boolean } = {}): void {
    if (opened !== card) opened?.classList.remove("open");
    opened?.classList.remove("sheet");
    opened = card;
    card?.classList.add("open");
    dark();
    align();
    if (!card) return;
    filling = filled(card, reader.dataset["cards"] ?? "").then((isFuller) => {
      if (isFuller) align();
    });
    const mark = marksOf.get(card.dataset["part"] ?? "")?.[0];
    const isSheet = Boolean(how.scroll && mark && !wide.matches);
    card.classList.toggle("sheet", isSheet);
    if (how.focus) card.focus({ preventScroll: true });
    if (!how.scroll) return;
    if (isSheet && mark) above(mark, card);
    else (mark ?? card).scrollIntoView({ block: "center" });
  }

  /** Bring words into what a sheet leaves of the window, if they are not in it. */
  function above(mark: HTMLElement, sheet: HTMLElement): void {
    const room = sheet.getBoundingClientRect().top;
    const { top, bottom } = mark.getBoundingClientRect();
    if (top < 16 || bottom > room - 16) scrollBy({ top: Math.round(top - room / 3) });
  }

  cards.forEach((card) => {
    const part = card.dataset["part"] ?? "";
    card.addEventListener("pointerenter", () => light(part, true));
    card.addEventListener("pointerleave", dark);
    card.addEventListener("focusin", () => {
      if (opened !== card) open(card);
    });
    // A click gives the card the focus first, which opens it: whether it closes one is settled before.
    let wasOpen = false;
    card.addEventListener("pointerdown", () => {
      wasOpen = opened === card;
    });
    card.addEventListener("click", (event) => {
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest("[data-shut]")) open(null);
      if (target?.closest("a, button, input, select, summary") || card.classList.contains("sheet")) return;
      open(wasOpen ? null : card);
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
      if (!next) return;
      if (wide.matches) open(next);
      else open(next, { scroll: true });
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
    const card = opened;
    if (!card || openDialog()) return false;
    const pressed = (): boolean => {
      const found = card.querySelector<HTMLElement>(`[data-do="${what}"] :is(a, button)`);
      found?.click();
      return found !== null;
    };
    if (!card.classList.contains("brief")) return pressed();
    void filling.then(() => card === opened && pressed()); // the rest of it is on its way
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
  if (byPart.has(location.hash.slice(1))) return;
  // Words that were pointed at: the card that tells them is opened beside them.
  const pointed = [...box.querySelectorAll<HTMLElement>(".l-at[data-of]")].flatMap(partsOf);
  const told = byPart.get(pointed.find((part) => byPart.get(part)?.matches(".statement")) ?? pointed[0] ?? "");
  if (told && wide.matches) open(told);
  box.querySelector(".l-at")?.scrollIntoView({ block: "center" });
}
