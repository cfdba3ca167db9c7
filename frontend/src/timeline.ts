// The arrow keys step through the timeline: left and right within a lane, up and down between lanes.
import { isTyping, openDialog } from "./keys";

const bars = (lane: Element): SVGAElement[] => [...lane.querySelectorAll<SVGAElement>("[data-step]")];

function stepped(key: string): boolean {
  const lanes = [...document.querySelectorAll("[data-lane]")].filter((lane) => bars(lane).length);
  const now = document.activeElement;
  const at = lanes.findIndex((lane) => lane.contains(now));
  if (at < 0) return lanes[0] !== undefined && went(bars(lanes[0])[0]);
  const lane = lanes[at] as Element;
  const n = bars(lane).indexOf(now as SVGAElement);
  if (key === "ArrowRight") return went(bars(lane)[n + 1]);
  if (key === "ArrowLeft") return went(bars(lane)[n - 1]);
  const other = lanes[at + (key === "ArrowDown" ? 1 : -1)];
  return other !== undefined && went(nearest(other, now as SVGAElement));
}

function nearest(lane: Element, from: SVGAElement): SVGAElement | undefined {
  const x = from.getBoundingClientRect().x;
  const apart = (bar: SVGAElement): number => Math.abs(bar.getBoundingClientRect().x - x);
  return bars(lane).sort((one, two) => apart(one) - apart(two))[0];
}

// One bar at a time can be reached with the tab key: hundreds would keep everybody from what follows.
function went(bar: SVGAElement | undefined): boolean {
  if (!bar) return false;
  for (const other of document.querySelectorAll("[data-step]")) other.setAttribute("tabindex", "-1");
  bar.setAttribute("tabindex", "0");
  bar.focus();
  bar.scrollIntoView({ block: "nearest" });
  return true;
}

for (const [n, bar] of [...document.querySelectorAll("[data-step]")].entries()) bar.setAttribute("tabindex", n ? "-1" : "0");

document.addEventListener("keydown", (event) => {
  if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].includes(event.key)) return;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || openDialog()) return;
  const isThere = document.activeElement?.closest("[data-lanes]") !== null;
  const isSideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
  if ((isThere || isSideways) && stepped(event.key)) event.preventDefault();
});
