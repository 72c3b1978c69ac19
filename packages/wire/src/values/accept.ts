import { essenceOf } from './media-type.ts';

/** How well an `Accept` header covers a media type. */
interface Coverage {
  /** Weight from 0 (refused) to 1. */
  readonly quality: number;
  /** 3 for the type by name, 2 for `type/*`, 1 for any type; 0 where no range covers the type. */
  readonly precision: number;
  /** Where in the header the range stands. */
  readonly position: number;
}

interface MediaRange {
  readonly essence: string;
  readonly quality: number;
}

const uncovered: Coverage = { quality: 0, precision: 0, position: Number.MAX_SAFE_INTEGER };

/** Text between separators; a separator within a quoted string is text. Every character belongs to one part at most. */
const listItems = /(?:"(?:\\.|[^"\\])*"?|[^",])+/gs;
const parameters = /(?:"(?:\\.|[^"\\])*"?|[^";])+/gs;

/**
 * Whether an `Accept` header lets an answer be of a media type. The most precise range that covers the type decides.
 *
 * @param accept `undefined` or empty where any type will do
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 */
export function accepts(accept: string | undefined, mediaType: string): boolean {
  if (accept === undefined || accept === '' || accept === '*/*' || accept === mediaType) return true;
  return coverageOf(parseAccept(accept), essenceOf(mediaType)).quality > 0;
}

/**
 * The media type that an `Accept` header prefers: the one of the greatest weight; of several, the one that is named most
 * precisely; then the one that is named first in the header; then the one that is offered first.
 *
 * @param offered without parameters, in lower case; the first is the default
 * @returns the default where the header is missing, empty, or accepts none of those offered
 */
export function preferredType<Type extends string>(
  accept: string | undefined,
  offered: readonly [Type, ...Type[]],
): Type {
  let [best] = offered;
  if (accept === undefined || accept === '' || accept === '*/*') return best;
  const ranges = parseAccept(accept);
  let bestCoverage = coverageOf(ranges, best);
  for (const type of offered) {
    const coverage = coverageOf(ranges, type);
    if (coverage.quality > 0 && isBetter(coverage, bestCoverage)) [best, bestCoverage] = [type, coverage];
  }
  return best;
}

function isBetter(one: Coverage, other: Coverage): boolean {
  if (one.quality !== other.quality) return one.quality > other.quality;
  if (one.precision !== other.precision) return one.precision > other.precision;
  return one.position < other.position;
}

function coverageOf(ranges: readonly MediaRange[], mediaType: string): Coverage {
  const precisions: Readonly<Record<string, number>> = {
    [mediaType]: 3,
    [`${mediaType.slice(0, mediaType.indexOf('/'))}/*`]: 2,
    '*/*': 1,
  };
  let best = uncovered;
  ranges.forEach(({ essence, quality }, position) => {
    const precision = Object.hasOwn(precisions, essence) ? (precisions[essence] ?? 0) : 0;
    if (precision > best.precision) best = { quality, precision, position };
  });
  return best;
}

function parseAccept(accept: string): readonly MediaRange[] {
  return (accept.match(listItems) ?? []).map((item) => {
    const [range = '', ...rest] = item.match(parameters) ?? [];
    const essence = essenceOf(range);
    // Clients that came before RFC 9110 write `*` for any type.
    return { essence: essence === '*' ? '*/*' : essence, quality: weightOf(rest) };
  });
}

/** A weight that cannot be read counts as none given, which means 1. */
function weightOf(texts: readonly string[]): number {
  for (const text of texts) {
    const weight = /^\s*q\s*=\s*(\d+(?:\.\d*)?|\.\d+)\s*$/i.exec(text)?.[1];
    if (weight !== undefined) return Math.min(Number(weight), 1);
  }
  return 1;
}
