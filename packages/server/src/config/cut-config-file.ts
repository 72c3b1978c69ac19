import type { ConfigProblem } from './config-error.ts';
import { cutConfigText, type Piece } from './cut-config-text.ts';
import { type ConfigFile, ParsedYaml, type Yaml } from './parse-yaml.ts';
import type { Path } from './settings-tree.ts';

export type CutOutcome =
  | { readonly kind: 'parsed'; readonly file: ConfigFile }
  /** `problem`: the first one in the file. */
  | { readonly kind: 'wrong'; readonly problem: ConfigProblem }
  /** The text may mean something else as a whole than in parts. `line`: the first one that shows it. */
  | { readonly kind: 'unsure'; readonly line: number };

/**
 * Parses a text in parts, and keeps the content alone: the positions of a part are found again when they are asked for.
 *
 * @param options.without - lists of the top level that are not parsed, and not in the content
 */
export function parseCutText(
  yaml: Yaml,
  text: string,
  options: {
    readonly name: string;
    readonly without: ReadonlySet<string>;
    readonly maxItemsAtOnce: number;
    /** The longest part, in characters. */
    readonly maxWhole: number;
  },
): CutOutcome {
  const { name, without, maxItemsAtOnce, maxWhole } = options;
  const pieces = cutConfigText(text, maxItemsAtOnce);
  if (typeof pieces === 'number') return { kind: 'unsure', line: pieces };
  const parse = ({ start, end, line }: Piece) => new ParsedYaml(yaml, text.slice(start, end), name, line);
  const content: Record<string, unknown> = {};
  const pieceOfKey = new Map<string, Piece>();
  for (const [index, piece] of pieces.entries()) {
    const { list } = piece;
    if (list !== undefined && without.has(list.name)) continue;
    if (piece.end - piece.start > maxWhole) return { kind: 'unsure', line: piece.line };
    const parsed = parse(piece);
    const dependent = parsed.findDependentLine();
    if (dependent !== undefined) return { kind: 'unsure', line: dependent };
    const [problem] = parsed.problems;
    if (problem !== undefined) {
      // What is open at the end of a piece, such as a bracket, is an error where the next one begins.
      const joined = { ...piece, end: endOfNext(pieces, index) };
      return { kind: 'wrong', problem: parse(joined).problems[0] ?? problem };
    }
    const part = parsed.toContent();
    if (list === undefined) {
      if (typeof part !== 'object' || part === null || Array.isArray(part))
        return { kind: 'unsure', line: piece.line };
      Object.assign(content, part);
      for (const key of Object.keys(part)) pieceOfKey.set(key, piece);
    } else {
      if (!Array.isArray(part) || part.length !== list.count) return { kind: 'unsure', line: piece.line };
      content[list.name] = list.firstIndex === 0 ? part : append(content[list.name], part);
    }
  }
  return { kind: 'parsed', file: { content, ...positionsIn(pieces, pieceOfKey, parse) } };
}

function append(items: unknown, more: readonly unknown[]): unknown {
  if (Array.isArray(items)) for (const item of more) items.push(item);
  return items;
}

/** The end of the next piece, if that goes on with the same list. */
function endOfNext(pieces: readonly Piece[], index: number): number {
  const [piece, next] = [pieces[index], pieces[index + 1]];
  const isSameList = next?.list !== undefined && next.list.name === piece?.list?.name;
  return (isSameList ? next.end : piece?.end) ?? 0;
}

/** Finds positions by parsing the piece of a path again. */
function positionsIn(
  pieces: readonly Piece[],
  pieceOfKey: ReadonlyMap<string, Piece>,
  parse: (piece: Piece) => ParsedYaml,
): Pick<ConfigFile, 'locate' | 'findSource'> {
  const ofList = Map.groupBy(pieces, ({ list }) => list?.name);
  let last: { readonly piece: Piece | undefined; readonly parsed: ParsedYaml | undefined } | undefined;

  const parseAgain = (piece: Piece | undefined) => {
    if (last?.piece !== piece) last = { piece, parsed: piece && parse(piece) };
    return last?.parsed;
  };

  /** @returns the piece around a path, and the path in it */
  function find(path: Path, part: 'key' | 'value'): { parsed: ParsedYaml | undefined; inside: Path } {
    const [key, index, ...rest] = path;
    const items = (key !== undefined && ofList.get(String(key))) || [];
    const [firstItems] = items;
    if (firstItems === undefined || (index === undefined && part === 'key')) {
      return { parsed: parseAgain(pieceOfKey.get(String(key)) ?? pieces[0]), inside: path };
    }
    const piece = items.find(
      ({ list }) => list && Number(index) >= list.firstIndex && Number(index) < list.firstIndex + list.count,
    );
    if (piece?.list === undefined) return { parsed: parseAgain(firstItems), inside: [] };
    return { parsed: parseAgain(piece), inside: [Number(index) - piece.list.firstIndex, ...rest] };
  }

  return {
    locate(path, part) {
      const { parsed, inside } = find(path, part);
      return parsed?.locate(inside, part) ?? { line: 1, column: 1 };
    },
    findSource(path) {
      const { parsed, inside } = find(path, 'value');
      return parsed?.findSource(inside);
    },
  };
}
