// Incidents as the map takes them: points, and areas where less is known.
import type { Feature, FeatureCollection, Geometry } from "geojson";
import type { Base, Disputed } from "./map_base";

type Spot = [lon: number, lat: number, radius: number | null, name: string, region: string | null];
export type Row = [spot: number, shape: number, told: number, first: number | null, past: number | null, id: string];

/** What the desk answers with. */
export interface Told {
  spots: Spot[];
  rows: Row[];
  shapes: string[];
  told: string[];
  located: number;
  disputed: Disputed[];
}

export interface Drawn {
  points: FeatureCollection;
  areas: FeatureCollection;
  counts: FeatureCollection;
}

const CORNERS = 48;
const KM_A_DEGREE = 111.32;

/** Each point a feature, each area one with how many incidents are told of it. */
export function drawn(told: Told, base: Base): Drawn {
  const points: Feature[] = [];
  const held = new Map<number, number>();
  for (const [n, [at, shape, how]] of told.rows.entries()) {
    const spot = told.spots[at];
    if (!spot) continue;
    if (spot[2] !== null) {
      held.set(at, (held.get(at) ?? 0) + 1);
      continue;
    }
    points.push({ type: "Feature", id: n, properties: { n, sign: `${shape}-${how}`, names: `\n${spot[3]}` }, geometry: { type: "Point", coordinates: [spot[0], spot[1]] } });
  }
  const areas: Feature[] = [];
  const counts: Feature[] = [];
  for (const [at, count] of [...held].sort(([a], [b]) => (told.spots[b]?.[2] ?? 0) - (told.spots[a]?.[2] ?? 0))) {
    const spot = told.spots[at] as Spot;
    const properties = { at, count, name: spot[3] };
    const region = spot[4] === null ? undefined : base.byCode.get(spot[4]);
    areas.push({ type: "Feature", id: at, properties, geometry: region ? region.geometry : around(spot[0], spot[1], spot[2] ?? 0) });
    counts.push({ type: "Feature", id: at, properties, geometry: { type: "Point", coordinates: [spot[0], spot[1]] } });
  }
  return { points: all(points), areas: all(areas), counts: all(counts) };
}

function around(lon: number, lat: number, km: number): Geometry {
  const up = km / KM_A_DEGREE;
  const across = up / Math.max(0.05, Math.cos((lat * Math.PI) / 180));
  const ring = Array.from({ length: CORNERS + 1 }, (_, n) => {
    const turn = (2 * Math.PI * (n % CORNERS)) / CORNERS;
    return [lon + across * Math.cos(turn), Math.min(89.9, Math.max(-89.9, lat + up * Math.sin(turn)))];
  });
  return { type: "Polygon", coordinates: [ring] };
}

function all(features: Feature[]): FeatureCollection {
  return { type: "FeatureCollection", features };
}
