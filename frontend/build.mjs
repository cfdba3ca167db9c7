// Bundles the scripts of the desk into the package: `node build.mjs`, from this folder.
//
// What is built is never committed. The build of the package runs this (hatch_build.py); nothing is loaded from
// anywhere else, neither here nor in the browser.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { notice, regions } from "./regions.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const VENDOR = join(HERE, "..", "src", "sayso", "desk", "static", "vendor");
const TESTING = join(HERE, "build");

// A page loads each of these by name. What several need is a module without a line here.
const PAGES = ["desk", "following", "inbox", "map", "queue", "reader", "timeline"];
// Runs before the page is painted, so it is no module: modules wait for the whole page.
const FIRST = ["theme"];
// What tests alone load: bundled beside, never packed.
const TESTED = ["offsets"];

const shared = {
  bundle: true,
  charset: "utf8",
  legalComments: "linked",
  logLevel: "warning",
  minify: true,
  target: ["chrome123", "firefox120", "safari17.5"], // what light-dark() of the style sheet needs anyway
};

const named = (folder, names) => names.map((name) => join(HERE, folder, `${name}.ts`));

await mkdir(VENDOR, { recursive: true });
// Split, so that what two of them need is there once: a second copy of `keys` would hear every key a second time.
const split = { entryPoints: named("src", PAGES), format: "esm", splitting: true, chunkNames: "shared-[hash]" };
const modules = await build({ ...shared, ...split, metafile: true, outdir: VENDOR });
const scripts = await build({ ...shared, metafile: true, entryPoints: named("src", FIRST), outdir: VENDOR, format: "iife" });
const made = [modules, scripts].flatMap((result) => Object.keys(result.metafile.outputs)).map((path) => basename(path));
made.push(...(await withMap()));
await withoutLeftovers(made);

await mkdir(TESTING, { recursive: true });
for (const name of TESTED) {
  const outfile = join(TESTING, `${name}.js`);
  await build({ ...shared, entryPoints: named("src", [name]), outfile, format: "iife", globalName: name });
}
const axe = join(HERE, "node_modules", "axe-core", "axe.min.js");
if (existsSync(axe)) await copyFile(axe, join(TESTING, "axe.min.js"));

// The map draws in a worker of its own, which is a file as it came, and over regions that are made here.
async function withMap() {
  const map = join(HERE, "node_modules", "maplibre-gl");
  const worker = await readFile(join(map, "dist", "maplibre-gl-worker.mjs"), "utf8");
  await writeFile(join(VENDOR, "map-worker.js"), worker.replace(/\n\/\/# sourceMappingURL=.*/, ""));
  const copied = { "maplibre.css": "dist/maplibre-gl.css", "maplibre-LICENSE.txt": "LICENSE.txt" };
  for (const [name, path] of Object.entries(copied)) await copyFile(join(map, path), join(VENDOR, name));
  await writeFile(join(VENDOR, "regions.json"), await regions());
  await writeFile(join(VENDOR, "regions-LICENSE.txt"), notice());
  return ["map-worker.js", ...Object.keys(copied), "regions.json", "regions-LICENSE.txt"];
}

// A desk may be running on what stands there: what is made anew takes the old one's place, and only the rest goes.
async function withoutLeftovers(wanted) {
  for (const name of await readdir(VENDOR)) {
    if (!wanted.includes(name)) await rm(join(VENDOR, name), { recursive: true });
  }
}
