import { listNearMatches } from '../config/near-match.ts';
import { HttpProblem } from './http-problem.ts';

/** Lines that a page of source code shows. */
const MAX_LINES = 2_000;

/** Some lines of a source file; the first line is 1. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** An export, and the line that declares it. */
export interface SourceSymbol {
  readonly name: string;
  readonly line: number;
}

const EXPORT =
  /^export (?:(?:default|declare|abstract|async) )*(?:class|interface|type|enum|const|function\*?) ([\w$]+)/;

/** @returns the exports that lines declare, in their order; of overloads the first */
export function listSymbols(lines: readonly string[]): readonly SourceSymbol[] {
  const symbols = new Map<string, SourceSymbol>();
  for (const [index, text] of lines.entries()) {
    const [, name] = EXPORT.exec(text) ?? [];
    if (name !== undefined && !symbols.has(name)) symbols.set(name, { name, line: index + 1 });
  }
  return [...symbols.values()];
}

/** @returns the names that lines import */
export function listImports(lines: readonly string[]): ReadonlySet<string> {
  const imports = lines.join('\n').matchAll(/^import (?:type )?\{([^}]*)\}/gm);
  return new Set(Array.from(imports, ([, names = '']) => names.match(/[\w$]+(?=\s*(?:,|$))/g) ?? []).flat());
}

/** The parts that a file of so many lines is shown in. */
export function partsOf(count: number): readonly LineRange[] {
  return Array.from({ length: Math.max(1, Math.ceil(count / MAX_LINES)) }, (_, index) => ({
    from: index * MAX_LINES + 1,
    to: Math.min(count, (index + 1) * MAX_LINES),
  }));
}

/** The URL of the page that shows a line. @param url - of the page that shows the first lines */
export function urlOfLine(url: string, line: number): string {
  return `${urlOfPart(url, line)}#L${line}`;
}

/** @param url - of the page that shows the first lines */
export function urlOfPart(url: string, line: number): string {
  const part = Math.floor((line - 1) / MAX_LINES);
  if (part === 0) return url;
  return `${url}${url.includes('?') ? '&' : '?'}lines=${part * MAX_LINES + 1}-${(part + 1) * MAX_LINES}`;
}

/**
 * The lines that a page shows: those that the parameter `lines` names (`2001-4000`; a number means the part that has it), the
 * first ones without it.
 *
 * @param count - of the file's lines
 * @throws {HttpProblem} when `lines` is no range, or begins after the end of the file
 */
export function readLineRange(parameters: URLSearchParams, count: number): LineRange {
  const lines = parameters.get('lines') || '1';
  const [, first, last] = /^(\d{1,7})(?:-(\d{1,7}))?$/.exec(lines) ?? [];
  const from = Number(first);
  const to = last === undefined ? undefined : Number(last);
  if (first === undefined || from < 1 || (to !== undefined && to < from)) {
    throw new HttpProblem(400, `lines cannot be "${lines}"`, 'It must be a range such as 2001-4000.');
  }
  if (from > Math.max(count, 1)) {
    throw new HttpProblem(404, `There is no line ${from}`, `The source has ${count} lines.`);
  }
  if (to !== undefined) return { from, to: Math.min(to, from + MAX_LINES - 1, count) };
  return partsOf(count)[Math.floor((from - 1) / MAX_LINES)] ?? { from, to: count };
}

/**
 * The URL of the line that the parameter `symbol` asks for.
 *
 * @param url - of the page that shows the first lines
 * @returns undefined when no symbol is asked for
 * @throws {HttpProblem} when the source declares no such symbol
 */
export function findSymbolUrl(
  parameters: URLSearchParams,
  lines: readonly string[],
  url: string,
): string | undefined {
  const wanted = parameters.get('symbol')?.trim() ?? '';
  if (wanted === '') return undefined;
  const symbols = listSymbols(lines);
  const found =
    symbols.find(({ name }) => name === wanted) ??
    symbols.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return urlOfLine(url, found.line);
  const near = listNearMatches(
    wanted,
    symbols.map(({ name }) => name),
  );
  throw new HttpProblem(404, `The source has no symbol "${wanted}"`, `The whole source: ${url}`, {
    wanted,
    near: symbols
      .filter(({ name }) => near.includes(name))
      .map(({ name, line }) => ({ name, href: urlOfLine(url, line) })),
  });
}
