// The map, where a browser can draw one. The list, the table and the drawing that the desk sends hold all of it without.
import { type GeoJSONSource, LngLatBounds, Map as Drawing, NavigationControl, ScaleControl, setWorkerUrl } from "maplibre-gl";
import { type Base, based } from "./map_base";
import { draw, type Ring, within } from "./map_choose";
import { colours, hatching, SHARPNESS, sign } from "./map_signs";
import { brushed, mark, shown } from "./map_strip";
import { style } from "./map_style";
import { type Drawn, drawn, type Told } from "./map_told";
import { tell } from "./telling";

const MOST = 400; // ids that an address takes
const CLOSE = 12; // a zoom at which what stands together stands at one spot
const place = document.querySelector<HTMLElement>("#map");

/** What is on the page now. */
interface State {
  map: Drawing;
  told: Told;
  base: Base;
  drawn: Drawn;
}

function words(name: string): string {
  return place?.dataset[name] ?? "";
}

function query(): string {
  return location.search;
}

async function fetched(): Promise<Told> {
  const answer = await fetch(`${words("features")}${query()}`);
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Told;
}

async function begin(on: HTMLElement): Promise<void> {
  setWorkerUrl(new URL(words("worker"), location.href).href);
  const [told, made] = await Promise.all([fetched(), based(words("regions"))]);
  const base = made(told.disputed);
  const first = drawn(told, base);
  const map = new Drawing({
    container: on,
    style: style(base, first, colours()),
    attributionControl: false,
    boxZoom: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 14,
    bounds: bounds(told),
    fitBoundsOptions: { padding: 56, maxZoom: 7 },
    fadeDuration: 0,
    locale: { "Map.Title": words("label"), "NavigationControl.ZoomIn": words("zoomIn"), "NavigationControl.ZoomOut": words("zoomOut") },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-right");
  const state: State = { map, told, base, drawn: first };
  on.dataset["map"] = "begun";
  withImages(state);
  map.on("idle", () => settled(state, on));
  map.on("movestart", () => {
    on.dataset["map"] = "moving";
  });
  clicks(state);
  tools(state);
  rows(state);
  times(state);
  themes(state);
}

// Pictures are asked for again whenever the colours change.
function withImages(state: State): void {
  const put = (): void => {
    const of = colours();
    for (const [n, path] of state.told.shapes.entries()) {
      for (const [how, name] of state.told.told.entries()) added(state.map, `${n}-${how}`, sign(path, name, of));
    }
    added(state.map, "hatching", hatching(of));
  };
  state.map.on("style.load", put);
  if (state.map.isStyleLoaded()) put();
}

function added(map: Drawing, name: string, image: ImageData): void {
  if (map.hasImage(name)) map.removeImage(name);
  map.addImage(name, image, { pixelRatio: SHARPNESS });
}

// What is drawn now, for whoever asks the page: tests, and style sheets.
function settled({ map, drawn: now }: State, on: HTMLElement): void {
  const count = (layer: string): number => new Set(map.queryRenderedFeatures({ layers: [layer] }).map((one) => one.id ?? JSON.stringify(one.geometry))).size;
  on.dataset["signs"] = String(count("signs"));
  on.dataset["clusters"] = String(count("clusters"));
  on.dataset["areas"] = String(count("areas"));
  on.dataset["hatched"] = String(map.queryRenderedFeatures({ layers: ["hatching"] }).length);
  on.dataset["points"] = String(now.points.features.length);
  on.dataset["named"] = map.queryRenderedFeatures({ layers: ["names", "area-counts"] }).map((one) => String(one.properties["names"] ?? one.properties["name"]).trim()).join("; ");
  on.dataset["drawn"] = "true"; // until now the drawing that the desk sent stands over it
  on.dataset["map"] = "idle";
}

function bounds(told: Told): LngLatBounds {
  const found = new LngLatBounds();
  for (const [lon, lat, radius] of told.spots) {
    const room = (radius ?? 5) / 111;
    found.extend([lon - room, Math.max(-85, lat - room)]);
    found.extend([lon + room, Math.min(85, lat + room)]);
  }
  return found.isEmpty() ? new LngLatBounds([-170, -56, 190, 76]) : found;
}

// Clicks

function clicks(state: State): void {
  const { map } = state;
  for (const layer of ["clusters", "signs", "areas"]) {
    map.on("mouseenter", layer, () => {
      map.getCanvas().style.cursor = "pointer";
    });
    map.on("mouseleave", layer, () => {
      map.getCanvas().style.cursor = "";
    });
  }
  map.on("click", (event) => {
    const [top] = map.queryRenderedFeatures(event.point, { layers: ["signs", "clusters", "area-counts", "areas"] });
    if (!top) return;
    if (top.layer.id === "clusters") void opened(state, Number(top.properties["cluster_id"]), top.geometry);
    else if (top.layer.id === "signs") void card(state, [Number(top.properties["n"])]);
    else void card(state, indexes(state, (row) => row[0] === Number(top.properties["at"])));
  });
  document.querySelector("[data-close]")?.addEventListener("click", () => close(state));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !cardOf()?.hidden) close(state);
  });
}

async function opened(state: State, cluster: number, geometry: GeoJSON.Geometry): Promise<void> {
  const source = state.map.getSource<GeoJSONSource>("points");
  if (!source || geometry.type !== "Point") return;
  const zoom = await source.getClusterExpansionZoom(cluster);
  if (zoom <= CLOSE) {
    state.map.easeTo({ center: geometry.coordinates as [number, number], zoom: zoom + 0.3 });
    return;
  }
  const leaves = await source.getClusterLeaves(cluster, Number.MAX_SAFE_INTEGER, 0);
  await card(state, leaves.map((leaf) => Number(leaf.properties?.["n"])));
}

function indexes(state: State, wanted: (row: Told["rows"][number]) => boolean): number[] {
  return state.told.rows.flatMap((row, n) => (wanted(row) ? [n] : []));
}

function cardOf(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-card]");
}

/** List some incidents over the map, or what is told in a box, and mark when they were in the strip. */
async function card(state: State, found: number[], box?: LngLatBounds): Promise<void> {
  const held = cardOf();
  const list = held?.querySelector("[data-cards]");
  if (!held || !list) return;
  const strip = document.querySelector<HTMLElement>("[data-strip]");
  if (strip) mark(strip, found.map((n) => state.told.rows[n]?.[3] ?? null));
  if (!found.length) {
    tell(words("none"));
    return;
  }
  const ids = found.slice(0, MOST).map((n) => state.told.rows[n]?.[5] ?? "");
  if (found.length > MOST && !box) tell(words("cut"));
  const fields = new URLSearchParams(query());
  fields.set("limit", String(MOST));
  if (box) {
    fields.set("box", box.toArray().flat().map((one) => one.toFixed(3)).join(","));
  } else {
    fields.set("ids", ids.join(","));
    fields.delete("box");
  }
  const part = await fragment(`/map?${fields.toString().replaceAll("%2C", ",")}`);
  if (!part) return;
  list.replaceChildren(part);
  held.dataset["count"] = String(found.length);
  held.hidden = false;
  held.focus({ preventScroll: true });
}

function close(state: State): void {
  const held = cardOf();
  const strip = document.querySelector<HTMLElement>("[data-strip]");
  if (held) held.hidden = true;
  if (strip) mark(strip, []);
  state.map.getCanvas().focus();
}

async function fragment(address: string): Promise<Element | null> {
  const answer = await fetch(address, { headers: { "X-Sayso-Fragment": "1" } });
  if (!answer.ok) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-list]");
}

// Selecting

function tools(state: State): void {
  const bar = document.querySelector<HTMLElement>("[data-tools]");
  const canvas = state.map.getCanvasContainer();
  if (!bar) return;
  bar.hidden = false;
  let stop: (() => void) | null = null;
  for (const [name, boxed] of [["[data-lasso]", false], ["[data-boxed]", true]] as const) {
    const button = bar.querySelector<HTMLButtonElement>(name);
    button?.addEventListener("click", () => {
      const isOn = button.getAttribute("aria-pressed") === "true";
      stop?.();
      if (isOn) return;
      button.setAttribute("aria-pressed", "true");
      stop = draw(canvas, boxed, (ring) => {
        button.setAttribute("aria-pressed", "false");
        stop = null;
        if (ring) void card(state, inRing(state, ring), boxed ? around(state, ring) : undefined);
      });
    });
  }
  bar.querySelector("[data-view]")?.addEventListener("click", () => {
    const seen = state.map.getBounds();
    void card(state, indexes(state, ([at]) => seen.contains((state.told.spots[at] ?? [0, 0]).slice(0, 2) as [number, number])), seen);
  });
  bar.querySelector("[data-whole]")?.addEventListener("click", () => {
    state.map.fitBounds(bounds(state.told), { padding: 56, maxZoom: 7 });
  });
}

function around(state: State, ring: Ring): LngLatBounds {
  return ring.reduce((held, at) => held.extend(state.map.unproject(at)), new LngLatBounds());
}

function inRing(state: State, ring: Ring): number[] {
  const inside = state.told.spots.map(([lon, lat]) => {
    const { x, y } = state.map.project([lon, lat]);
    return within([x, y], ring);
  });
  return indexes(state, (row) => inside[row[0]] ?? false);
}

// The list and the map show the same one

function rows(state: State): void {
  document.addEventListener("focusin", (event) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-row][data-id]") : null;
    if (row) show(state, row.dataset["id"] ?? "");
  });
}

function show(state: State, id: string): void {
  const n = state.told.rows.findIndex((row) => row[5] === id);
  const spot = state.told.spots[state.told.rows[n]?.[0] ?? -1];
  if (!spot || !place) return;
  place.dataset["current"] = id;
  if (state.map.getLayer("current")) state.map.setFilter("current", ["==", ["get", "n"], n]);
  const at: [number, number] = [spot[0], spot[1]];
  if (!state.map.getBounds().contains(at)) state.map.easeTo({ center: at });
}

// Time

function times(state: State): void {
  const strip = document.querySelector<HTMLElement>("[data-strip]");
  if (!strip) return;
  brushed(strip, (since, until) => {
    const fields = new URLSearchParams(query());
    fields.set("since", since);
    fields.set("until", until);
    fields.delete("limit");
    history.replaceState(null, "", `${location.pathname}?${fields.toString()}`);
    for (const [name, value] of [["since", since], ["until", until]] as const) {
      const field = document.querySelector<HTMLInputElement>(`.filters [name=${name}]`);
      if (field) field.value = value;
    }
    shown(strip, since, until);
    void anew(state);
  });
}

/** Take what the address asks for now, on the map and in the list. */
async function anew(state: State): Promise<void> {
  if (place) place.dataset["map"] = "moving";
  const [told, list] = await Promise.all([fetched(), fragment(`/map${query()}`)]);
  state.told = told;
  state.drawn = drawn(told, state.base);
  for (const [name, held] of [["points", state.drawn.points], ["areas", state.drawn.areas], ["area-counts", state.drawn.counts]] as const) {
    state.map.getSource<GeoJSONSource>(name)?.setData(held);
  }
  const old = document.querySelector(".side [data-list]");
  if (old && list) old.replaceWith(list);
  const line = document.querySelector("[data-counts] b");
  if (line) line.textContent = told.located.toLocaleString("en");
}

// Light and dark

function themes(state: State): void {
  const again = (): void => {
    state.map.setStyle(style(state.base, state.drawn, colours()), { diff: false });
  };
  new MutationObserver(again).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
}

if (place) {
  begin(place).catch(() => {
    delete place.dataset["map"];
    delete place.dataset["drawn"];
    tell(words("failed"));
  });
}
