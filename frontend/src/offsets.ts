// Places in the sealed text. The server counts code points; the browser counts UTF-16 units, per text node. This is the
// one place where one is turned into the other.
//
// A container's textContent is the sealed text exactly. The server may have cut it into any number of elements, so it
// holds many text nodes; where one ends inside a character of two units never happens, since the server cuts between
// code points.

/** A half-open stretch of the sealed text, in code points. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Piece {
  readonly node: Text;
  /** The code point at which it begins. */
  readonly start: number;
  readonly end: number;
  /** Whether each code point of it is one unit: then nothing need be counted. */
  readonly plain: boolean;
}

const SURROGATES = /[\ud800-\udfff]/;

/** How many code points a string has. A half of a pair that stands alone is one. */
export function points(text: string): number {
  if (!SURROGATES.test(text)) return text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** The UTF-16 offset of a code point in a string; its length where the string is shorter. */
export function toUnits(text: string, point: number): number {
  if (!SURROGATES.test(text)) return Math.min(Math.max(point, 0), text.length);
  let at = 0;
  for (let left = point; left > 0 && at < text.length; left -= 1) at += width(text, at);
  return at;
}

/** The code point at a UTF-16 offset of a string; an offset within a character is that character's. */
export function toPoints(text: string, unit: number): number {
  if (!SURROGATES.test(text)) return Math.min(Math.max(unit, 0), text.length);
  let count = 0;
  for (let at = 0; at < text.length; count += 1) {
    at += width(text, at);
    if (at > unit) break;
  }
  return count;
}

function width(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/** The sealed text in a container, ready to be asked. Make it anew when the container's elements have changed. */
export class Sealed {
  private readonly pieces: Piece[] = [];
  /** How many code points the text has. */
  readonly length: number;

  constructor(readonly container: Node) {
    const walker = document.createTreeWalker(container, NodeFilter.SHOW_TEXT);
    let at = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node as Text;
      const count = points(text.data);
      this.pieces.push({ node: text, start: at, end: at + count, plain: count === text.data.length });
      at += count;
    }
    this.length = at;
  }

  /** The words of a span. */
  words(span: Span): string {
    return this.range(span)?.toString() ?? "";
  }

  /** The range that a span covers, from the first character's own node to the last one's; null where it is not in the text. */
  range(span: Span): Range | null {
    if (span.start < 0 || span.end < span.start || span.end > this.length) return null;
    const first = this.pieces[this.holding(span.start, false)];
    const last = this.pieces[this.holding(span.end, span.end > span.start)];
    if (!first || !last) return null;
    const range = document.createRange();
    range.setStart(first.node, units(first, span.start - first.start));
    range.setEnd(last.node, units(last, span.end - last.start));
    return range;
  }

  /** The span that a range covers; null where no part of it is in the text. What lies outside is cut off. */
  span(range: Range): Span | null {
    if (!range.intersectsNode(this.container)) return null;
    return { start: this.point(range.startContainer, range.startOffset), end: this.point(range.endContainer, range.endOffset) };
  }

  /** The span of what is selected on the page; null where nothing of the text is. */
  selected(selection: Selection | null = document.getSelection()): Span | null {
    if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
    const span = this.span(selection.getRangeAt(0));
    return span && span.end > span.start ? span : null;
  }

  /** The code point at a place: a text node and a unit, or an element and a child of it. Outside, that of the nearer end. */
  point(node: Node, offset: number): number {
    const own = this.pieces.find((one) => one.node === node);
    if (own) return own.start + (own.plain ? Math.min(offset, own.node.data.length) : toPoints(own.node.data, offset));
    const place = document.createRange();
    place.setStart(node, offset);
    const after = this.pieces.find((one) => place.comparePoint(one.node, 0) >= 0);
    return after ? after.start : this.length;
  }

  /** Which piece holds a code point: that which begins there, or, for an end, that which ends there. */
  private holding(point: number, isEnd: boolean): number {
    let low = 0;
    let high = this.pieces.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const end = this.pieces[middle]?.end ?? 0;
      if (isEnd ? end >= point : end > point) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function units(piece: Piece, point: number): number {
  return piece.plain ? point : toUnits(piece.node.data, point);
}
