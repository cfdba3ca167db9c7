// The strip of time under the map: drawing across it keeps to a stretch, and what is selected is marked in it.

const DAY = 86_400_000;

/** Listen for stretches that are drawn: from the bin where the pointer went down to that where it came up. */
export function brushed(strip: HTMLElement, chosen: (since: string, until: string) => void): void {
  const svg = strip.querySelector<SVGSVGElement>("svg.bars");
  const brush = strip.querySelector<SVGRectElement>("[data-brush]");
  if (!svg || !brush) return;
  let from = -1;
  const share = (event: PointerEvent): number => {
    const box = svg.getBoundingClientRect();
    return Math.min(1000, Math.max(0, ((event.clientX - box.left) / box.width) * 1000));
  };
  const show = (to: number): void => {
    brush.setAttribute("x", String(Math.min(from, to)));
    brush.setAttribute("width", String(Math.abs(to - from)));
  };
  svg.addEventListener("pointerdown", (event) => {
    from = share(event);
    svg.setPointerCapture(event.pointerId);
    show(from);
  });
  svg.addEventListener("pointermove", (event) => {
    if (from >= 0) show(share(event));
  });
  svg.addEventListener("pointerup", (event) => {
    if (from < 0) return;
    const to = share(event);
    const found = bars(strip).filter((bar) => {
      const x = Number(bar.getAttribute("x"));
      return x < Math.max(from, to) + 1 && x + Number(bar.getAttribute("width")) > Math.min(from, to) - 1;
    });
    from = -1;
    brush.setAttribute("width", "0");
    const first = found[0]?.dataset["at"];
    const last = found.at(-1)?.dataset["at"];
    if (first && last) chosen(first, last);
  });
}

/** Show which bins are within what was asked for. */
export function shown(strip: HTMLElement, since: string, until: string): void {
  for (const bar of bars(strip)) {
    const at = bar.dataset["at"] ?? "";
    const isBefore = since !== "" && at < since.slice(0, at.length);
    const isAfter = until !== "" && at.slice(0, until.length) > until;
    bar.classList.toggle("out", isBefore || isAfter);
  }
}

/** Mark the bins in which some incidents begin, by days counted from 1970. */
export function mark(strip: HTMLElement, days: (number | null)[]): void {
  const precision = Number(strip.dataset["precision"]);
  const names = new Set(days.flatMap((day) => (day === null ? [] : [new Date(day * DAY).toISOString().slice(0, precision)])));
  for (const bar of bars(strip)) bar.classList.toggle("marked", names.has(bar.dataset["at"] ?? ""));
}

function bars(strip: HTMLElement): SVGElement[] {
  return [...strip.querySelectorAll<SVGElement>(".bar")];
}
