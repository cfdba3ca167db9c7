// The signs of the map: a shape for what is told, an outline for how. Drawn here, in the colours of the page.

const ROOM = 20; // a shape stands in a square of so many units
const SIDE = 26; // pixels of the page, with room for outlines
const SHARP = 2; // pixels of the picture for each of these

export interface Colours {
  land: string;
  sea: string;
  line: string;
  strong: string;
  ink: string;
  soft: string;
  link: string;
  raised: string;
  differs: string;
}

/** The colours of the page as they are now, light or dark. */
export function colours(): Colours {
  const probe = document.createElement("i");
  document.body.append(probe);
  const of = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const found = {
    land: of("paper"), sea: of("sunk"), line: of("line"), strong: of("strong-line"), ink: of("ink"),
    soft: of("soft"), link: of("link"), raised: of("raised"), differs: of("differs"),
  };
  probe.remove();
  return found;
}

/** One sign as pixels. */
export function sign(path: string, told: string, of: Colours): ImageData {
  const [canvas, context] = blank(SIDE);
  const shape = new Path2D(path);
  const scale = (SIDE - 6) / ROOM;
  context.translate(3, 3);
  context.scale(scale, scale);
  context.lineJoin = "round";
  context.fillStyle = of.raised;
  context.fill(shape);
  context.strokeStyle = of.link;
  context.lineWidth = told === "several" ? 2.9 : told === "unverified" ? 1.8 : 1.3;
  if (told === "unverified") context.setLineDash([2.6, 2.2]);
  context.stroke(shape);
  if (told === "denied") {
    context.translate(4.6, 4.6);
    context.scale(0.54, 0.54);
    context.lineWidth = 1.9;
    context.stroke(shape);
  }
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** Lines aslant, for areas that several claim. */
export function hatching(of: Colours): ImageData {
  const side = 8;
  const [canvas, context] = blank(side);
  context.strokeStyle = of.differs;
  context.globalAlpha = 0.75;
  context.lineWidth = 1;
  for (const shift of [-side, 0, side]) {
    context.beginPath();
    context.moveTo(shift - 1, side + 1);
    context.lineTo(shift + side + 1, -1);
    context.stroke();
  }
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

export const SHARPNESS = SHARP;

function blank(side: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side * SHARP;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.scale(SHARP, SHARP);
  return [canvas, context];
}
