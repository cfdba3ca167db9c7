// Selecting on the map: drawing around what is wanted, or a box over it. Points of the page go in, a ring comes out.

export type Ring = [number, number][];
const LEAST = 4; // pixels: less is a click

/** Let the person draw over a place; `done` is given what was drawn, or null where they gave up. */
export function draw(over: HTMLElement, boxed: boolean, done: (ring: Ring | null) => void): () => void {
  const NS = "http://www.w3.org/2000/svg";
  const sheet = document.createElementNS(NS, "svg");
  sheet.classList.add("drawing");
  const path = document.createElementNS(NS, "path");
  sheet.append(path);
  over.append(sheet);
  let ring: Ring = [];

  const at = (event: PointerEvent): [number, number] => {
    const box = over.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const show = (): void => {
    path.setAttribute("d", ring.length > 1 ? `M${ring.map((point) => point.join(" ")).join("L")}Z` : "");
  };
  const end = (found: Ring | null): void => {
    sheet.remove();
    document.removeEventListener("keydown", escaped, true);
    done(found);
  };
  const escaped = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    end(null);
  };
  sheet.addEventListener("pointerdown", (event) => {
    sheet.setPointerCapture(event.pointerId);
    ring = [at(event)];
    event.preventDefault();
  });
  sheet.addEventListener("pointermove", (event) => {
    const [first] = ring;
    if (!first) return;
    const now = at(event);
    ring = boxed ? [first, [now[0], first[1]], now, [first[0], now[1]]] : [...ring, now];
    show();
  });
  sheet.addEventListener("pointerup", () => {
    if (ring.length) end(isLarge(ring) ? ring : null);
  });
  document.addEventListener("keydown", escaped, true);
  return () => end(null);
}

/** Whether a point lies in a ring (even-odd). */
export function within([x, y]: [number, number], ring: Ring): boolean {
  let inside = false;
  for (let n = 0, before = ring.length - 1; n < ring.length; before = n, n += 1) {
    const [ax, ay] = ring[n] as [number, number];
    const [bx, by] = ring[before] as [number, number];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

function isLarge(ring: Ring): boolean {
  const span = (n: 0 | 1): number => Math.max(...ring.map((point) => point[n])) - Math.min(...ring.map((point) => point[n]));
  return ring.length > 2 && span(0) > LEAST && span(1) > LEAST;
}
