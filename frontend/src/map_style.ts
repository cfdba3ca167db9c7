// How the map looks: calm land and water, lines by listing, areas shaded, signs on top.
import type { ExpressionSpecification, StyleSpecification } from "maplibre-gl";
import type { Base } from "./map_base";
import type { Colours } from "./map_signs";
import type { Drawn } from "./map_told";

const FONT = ["system-ui", "Noto Sans", "sans-serif"];
export const TOGETHER = 34; // pixels within which signs stand together
const NEVER_APART = 20; // a zoom that is never reached: what stands at one spot stays together

const NAMES_OF_ONE = 44; // signs of names, after which no more are written for signs that stand together
// What stands together is named by all of its places, each once and on a line of its own: never by one of them.
const HELD: ExpressionSpecification = ["accumulated"];
const NAMES: ExpressionSpecification = ["get", "names"];
const JOINED: ExpressionSpecification = [
  "case",
  ["in", ["concat", NAMES, "\n"], ["concat", HELD, "\n"]], HELD,
  ["in", "\n…", HELD], HELD,
  [">", ["+", ["length", HELD], ["length", NAMES]], NAMES_OF_ONE], ["concat", HELD, "\n…"],
  ["concat", HELD, NAMES],
];
// Labels go to whichever side is free of signs, numbers and other labels; where none is, they are left out.
const SIDES: ("top" | "bottom" | "left" | "right")[] = ["top", "bottom", "left", "right"];

/** The whole style: what is drawn over what, from the data given. */
export function style(base: Base, drawn: Drawn, of: Colours): StyleSpecification {
  const data = (held: unknown): { type: "geojson"; data: never } => ({ type: "geojson", data: held as never });
  const halo = { "text-halo-color": of.land, "text-halo-width": 1.4 };
  return {
    version: 8,
    sources: {
      regions: { ...data(base.regions), tolerance: 0.4 },
      lines: data(base.lines),
      borders: data(base.borders),
      unsettled: data(base.unsettled),
      hatched: data(base.hatched),
      "region-names": data(base.names),
      areas: data(drawn.areas),
      "area-counts": data(drawn.counts),
      points: { ...data(drawn.points), cluster: true, clusterRadius: TOGETHER, clusterMaxZoom: NEVER_APART, maxzoom: NEVER_APART + 1, clusterProperties: { names: [JOINED, NAMES] } },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": of.sea } },
      { id: "land", type: "fill", source: "regions", paint: { "fill-color": of.land, "fill-antialias": false } },
      { id: "hatching", type: "fill", source: "hatched", paint: { "fill-pattern": "hatching" } },
      { id: "lines", type: "line", source: "lines", minzoom: 2.5, paint: { "line-color": of.line, "line-width": 0.7 } },
      { id: "borders", type: "line", source: "borders", paint: { "line-color": of.strong, "line-width": ["interpolate", ["linear"], ["zoom"], 1, 0.4, 6, 1.1] } },
      { id: "unsettled", type: "line", source: "unsettled", paint: { "line-color": of.strong, "line-width": 1, "line-dasharray": [3, 2.5] } },
      { id: "areas", type: "fill", source: "areas", paint: { "fill-color": of.link, "fill-opacity": 0.13 } },
      { id: "area-edges", type: "line", source: "areas", paint: { "line-color": of.link, "line-width": 1, "line-dasharray": [3, 2], "line-opacity": 0.8 } },
      {
        id: "region-names", type: "symbol", source: "region-names", minzoom: 4,
        layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 11, "text-max-width": 7, "symbol-sort-key": ["get", "rank"], "text-padding": 6 },
        paint: { "text-color": of.soft, "text-opacity": 0.8, ...halo },
      },
      {
        id: "hatched-names", type: "symbol", source: "hatched", minzoom: 5,
        layout: { "text-field": ["concat", ["get", "name"], ": ", ["get", "claimants"]], "text-font": FONT, "text-size": 10.5, "text-max-width": 10 },
        paint: { "text-color": of.differs, ...halo },
      },
      {
        id: "names", type: "symbol", source: "points", minzoom: 4.5,
        layout: {
          "text-variable-anchor": SIDES, "text-justify": "auto", "text-padding": 3, "text-field": ["slice", NAMES, 1], "text-font": FONT, "text-size": 12, "text-line-height": 1.1,
          "text-radial-offset": ["case", ["has", "point_count"], 1.35, 1.1], "symbol-sort-key": ["-", 0, ["coalesce", ["get", "point_count"], 1]],
        },
        paint: { "text-color": of.ink, ...halo },
      },
      {
        id: "area-counts", type: "symbol", source: "area-counts",
        layout: { "text-field": ["concat", ["to-string", ["get", "count"]], "\n", ["get", "name"]], "text-font": FONT, "text-size": 12, "text-line-height": 1.1, "text-variable-anchor-offset": ["center", [0, 0], "right", [1.7, 0], "left", [-1.7, 0], "top", [0, -0.3], "bottom", [0, 0.3]], "symbol-sort-key": ["-", 0, ["get", "count"]] },
        paint: { "text-color": of.link, ...halo },
      },
      {
        id: "clusters", type: "circle", source: "points", filter: ["has", "point_count"],
        paint: {
          "circle-color": of.raised, "circle-stroke-color": of.link, "circle-stroke-width": 1.6,
          "circle-radius": ["interpolate", ["linear"], ["log10", ["get", "point_count"]], 0.3, 10, 1, 12, 2, 16, 3, 21, 4, 26],
        },
      },
      {
        id: "cluster-counts", type: "symbol", source: "points", filter: ["has", "point_count"],
        layout: { "text-field": ["to-string", ["get", "point_count"]], "text-font": FONT, "text-size": 11.5, "text-allow-overlap": true, "text-padding": 7 },
        paint: { "text-color": of.ink },
      },
      {
        id: "signs", type: "symbol", source: "points", filter: ["!", ["has", "point_count"]],
        layout: { "icon-image": ["get", "sign"], "icon-allow-overlap": true, "icon-padding": 0 },
      },
      { id: "current", type: "circle", source: "points", filter: ["==", ["get", "n"], -1], paint: { "circle-radius": 15, "circle-color": "transparent", "circle-stroke-color": of.ink, "circle-stroke-width": 2 } },
    ],
  };
}
