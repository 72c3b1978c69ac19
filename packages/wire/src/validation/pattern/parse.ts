import { type CharacterSet, characterSet, singleCharacter, unionOf } from './character-set.ts';
import { PatternError } from './pattern-error.ts';

/** Whether a place in a text is one where an assertion without content of its own holds. */
export type Assertion =
  | { readonly kind: 'start' | 'end'; readonly multiline: boolean }
  | { readonly kind: 'boundary'; readonly word: CharacterSet; readonly negated: boolean };

/** A regular expression as a tree. What is captured, and how greedy a repetition is, changes no answer and is left out. */
export type PatternNode =
  | { readonly kind: 'character'; readonly set: CharacterSet }
  | { readonly kind: 'assertion'; readonly assertion: Assertion }
  | LookNode
  | { readonly kind: 'sequence' | 'choice'; readonly nodes: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly node: PatternNode; readonly min: number; readonly max: number };

/** A look-ahead or look-behind. */
export interface LookNode {
  readonly kind: 'look';
  readonly behind: boolean;
  readonly negated: boolean;
  readonly node: PatternNode;
}

export interface Pattern {
  readonly root: PatternNode;
  /** Whether characters are code points: the expression reads with the `u` flag. */
  readonly unicode: boolean;
}

/** Flags that a group may change for itself. */
interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
}

/** Groups in groups. Beyond it, whoever walks the tree would run out of stack. */
const maxDepth = 200;

const quantifier = /(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/y;
const look = /\(\?(<?)([=!])/y;
/** A group that captures, with a name or without, or that does not; the latter may change flags. */
const group = /\((?:\?<[^>]*>|\?([a-z]*)(?:-([a-z]*))?:|(?!\?))/y;
const backReference = /\\(?:k<[^>]*>|[1-9]\d*)/y;
const characterClass = /\[(?:\\.|[^\]\\])*\]/sy;
const unicodeEscape =
  /\\(?:u\{[\da-fA-F]+\}|u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[a-zA-Z]|[pP]\{[^}]*\}|.)/suy;
/** Without the `u` flag there are no code points and no properties, but octal numbers. */
const legacyEscape = /\\(?:u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[a-zA-Z]|[0-3][0-7]{0,2}|[4-7][0-7]?|.)/sy;
/** An escaped letter without a meaning in ECMAScript, or any other escape, which is to be skipped. */
const unknownEscape =
  /\\(?:u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[a-zA-Z]|[bdfknrstvwBDSW]|[^a-zA-Z]|(?<unknown>[a-zA-Z]))/gs;
/** A character that stands for itself, escaped or not. */
const literalCharacter = /^(?:\\([!-/:-@[-`{-~])|([^.[\\]))$/su;
const escapeOrClass = /\\.|\[(?:\\.|[^\]\\])*\]/gs;
const capturingGroup = /\((?:\?<(?![=!])|(?!\?))/g;

/**
 * Parses an ECMAScript regular expression, with the `u` flag if it can be read so: some models escape characters that
 * nobody may escape in a Unicode expression.
 *
 * @throws {PatternError} when it is none, refers back to what a group matched, or escapes a letter that has no meaning
 */
export function parsePattern(source: string): Pattern {
  const problem = problemOf(source, 'u');
  const unicode = problem === undefined;
  if (!unicode) checkLegacy(source, problem);
  const groups = source.replace(escapeOrClass, '').match(capturingGroup)?.length ?? 0;
  let position = 0;
  let depth = 0;
  return { root: choice({ i: false, m: false, s: false }), unicode };

  function choice(flags: Flags): PatternNode {
    depth += 1;
    if (depth > maxDepth) throw new PatternError(source, `its groups nest more than ${maxDepth} deep`);
    const nodes = [sequence(flags)];
    while (take('|')) nodes.push(sequence(flags));
    depth -= 1;
    const sets = nodes.map((node) => (node.kind === 'character' ? node.set : undefined));
    return sets.length > 1 && sets.every((set) => set !== undefined)
      ? { kind: 'character', set: unionOf(sets) }
      : oneOf('choice', nodes);
  }

  function sequence(flags: Flags): PatternNode {
    const nodes: PatternNode[] = [];
    while (position < source.length && source[position] !== '|' && source[position] !== ')') {
      nodes.push(repeated(flags));
    }
    return oneOf('sequence', nodes);
  }

  function repeated(flags: Flags): PatternNode {
    const node = single(flags);
    const found = match(quantifier);
    if (found === null) return node;
    const [, sign, least = '', comma, most] = found;
    if (sign !== undefined) {
      return {
        kind: 'repeat',
        node,
        min: sign === '+' ? 1 : 0,
        max: sign === '?' ? 1 : Number.POSITIVE_INFINITY,
      };
    }
    const max = comma === undefined ? least : most;
    return { kind: 'repeat', node, min: Number(least), max: max ? Number(max) : Number.POSITIVE_INFINITY };
  }

  function single(flags: Flags): PatternNode {
    if (take('^')) return { kind: 'assertion', assertion: { kind: 'start', multiline: flags.m } };
    if (take('$')) return { kind: 'assertion', assertion: { kind: 'end', multiline: flags.m } };
    const looking = match(look);
    if (looking !== null) {
      const [, behind, sign] = looking;
      return { kind: 'look', behind: behind === '<', negated: sign === '!', node: closed(flags) };
    }
    const opened = match(group);
    if (opened !== null) return closed(changed(flags, opened));
    const at = position;
    const reference = match(backReference)?.[0];
    if (
      reference !== undefined &&
      (unicode || reference[1] === 'k' || Number(reference.slice(1)) <= groups)
    ) {
      throw new PatternError(source, `the back-reference ${reference} cannot be matched in linear time`);
    }
    position = at;
    return character(flags);
  }

  function closed(flags: Flags): PatternNode {
    const node = choice(flags);
    take(')');
    return node;
  }

  function character({ i, s }: Flags): PatternNode {
    const escaping = unicode ? unicodeEscape : legacyEscape;
    const text = match(characterClass)?.[0] ?? match(escaping)?.[0] ?? plain();
    const flags = `${i ? 'i' : ''}${s ? 's' : ''}${unicode ? 'u' : ''}`;
    if (text === '\\b' || text === '\\B') {
      const word = characterSet('\\w', flags);
      return { kind: 'assertion', assertion: { kind: 'boundary', word, negated: text === '\\B' } };
    }
    const [, escaped, literal = escaped] = literalCharacter.exec(text) ?? [];
    const set =
      literal === undefined || i ? characterSet(text, flags) : singleCharacter(literal.codePointAt(0) ?? 0);
    return { kind: 'character', set };
  }

  /** Brackets without a partner stand for themselves, too. */
  function plain(): string {
    const code = unicode ? (source.codePointAt(position) ?? 0) : source.charCodeAt(position);
    const text = String.fromCodePoint(code);
    position += text.length;
    return /[{}\]]/.test(text) ? `\\${text}` : text;
  }

  function match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = position;
    const found = expression.exec(source);
    if (found !== null) position = expression.lastIndex;
    return found;
  }

  function take(text: string): boolean {
    const isNext = source.startsWith(text, position);
    if (isNext) position += text.length;
    return isNext;
  }
}

function oneOf(kind: 'sequence' | 'choice', nodes: readonly PatternNode[]): PatternNode {
  const [only] = nodes;
  return nodes.length === 1 && only !== undefined ? only : { kind, nodes };
}

function changed(flags: Flags, [, added = '', removed = '']: RegExpExecArray): Flags {
  const on = Object.fromEntries([...added].map((flag) => [flag, true]));
  const off = Object.fromEntries([...removed].map((flag) => [flag, false]));
  return { ...flags, ...on, ...off };
}

/** What the platform says of an expression that it does not read; undefined when it does. */
function problemOf(source: string, flags: string): string | undefined {
  try {
    new RegExp(source, flags);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.split(': ').at(-1) : String(error);
  }
}

/** Without the `u` flag any letter may be escaped; one without a meaning was meant for another dialect. */
function checkLegacy(source: string, unicodeProblem: string): void {
  const problem = problemOf(source, '');
  if (problem !== undefined) {
    throw new PatternError(source, `it is no regular expression of ECMAScript (${problem})`);
  }
  for (const { groups } of source.matchAll(unknownEscape)) {
    const letter = groups?.['unknown'];
    if (letter === undefined) continue;
    throw new PatternError(
      source,
      `\\${letter} has no meaning without the u flag, and it does not read with it (${unicodeProblem})`,
    );
  }
}
