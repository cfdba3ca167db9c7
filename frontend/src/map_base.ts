// What lies under the incidents: regions and their lines, from the file that is built with the desk.
import type { Feature, FeatureCollection, Geometry, MultiPolygon, Polygon } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, GeometryObject, Topology } from "topojson-specification";

interface Told {
  country: string;
  name: string;
  rank: number;
  at: [number, number];
}
type Regions = Topology<{ regions: GeometryCollection<Told> }>;
type Area = Feature<Polygon | MultiPolygon, Told>;

/** Territory that several claim. */
export interface Disputed {
  name: string;
  regions: string[];
  countries: string[];
  claimants: string[];
}

/** The base of the map. */
export interface Base {
  regions: FeatureCollection<Geometry, Told>;
  names: FeatureCollection;
  lines: Feature;
  borders: Feature;
  unsettled: Feature;
  hatched: FeatureCollection;
  byCode: Map<string, Area>;
}

/** Fetch the regions; those of disputed territory apart, and the lines that touch it. */
export async function based(address: string): Promise<(disputed: Disputed[]) => Base> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(address);
  const held = (await answer.json()) as Regions;
  const regions = feature(held, held.objects.regions) as FeatureCollection<Geometry, Told>;
  const byCode = new Map<string, Area>();
  for (const one of regions.features) byCode.set(String(one.id), one as Area);
  return (disputed) => withDisputed(held, regions, byCode, disputed);
}

function withDisputed(held: Regions, regions: FeatureCollection<Geometry, Told>, byCode: Map<string, Area>, disputed: Disputed[]): Base {
  const claims = (code: string, country: string): Disputed | undefined =>
    disputed.find((one) => one.regions.includes(code) || one.countries.includes(country));
  const claimOf = (one: GeometryObject<Told>): Disputed | undefined => claims(String(one.id), countryOf(one));
  const drawn = (wanted: (a: GeometryObject<Told>, b: GeometryObject<Told>) => boolean): Feature => ({
    type: "Feature",
    properties: {},
    geometry: mesh(held, held.objects.regions as never, wanted as never),
  });
  const unsettled = (a: GeometryObject<Told>, b: GeometryObject<Told>): boolean => a !== b && !alike(claimOf(a), claimOf(b));
  const hatched = regions.features.flatMap((one) => {
    const claim = claims(String(one.id), one.properties.country);
    return claim ? [{ ...one, properties: { name: claim.name, claimants: claim.claimants.join(", ") } }] : [];
  });
  return {
    regions,
    byCode,
    names: {
      type: "FeatureCollection",
      features: regions.features.map((one) => ({
        type: "Feature",
        properties: { name: one.properties.name, rank: one.properties.rank },
        geometry: { type: "Point", coordinates: one.properties.at },
      })),
    },
    hatched: { type: "FeatureCollection", features: hatched },
    unsettled: drawn(unsettled),
    borders: drawn((a, b) => a !== b && listing(a) !== listing(b) && !unsettled(a, b)),
    lines: drawn((a, b) => a !== b && listing(a) === listing(b) && !unsettled(a, b)),
  };
}

function alike(one: Disputed | undefined, two: Disputed | undefined): boolean {
  return one?.name === two?.name;
}

// Whose listing of regions it is in, by ISO 3166-2: an index, no finding.
function listing(one: GeometryObject<Told>): string {
  const code = String(one.id);
  return code.startsWith("-99") ? countryOf(one) || code : code.slice(0, 2);
}

function countryOf(one: GeometryObject<Told>): string {
  const told = one.properties;
  return told && "country" in told ? told.country : "";
}
