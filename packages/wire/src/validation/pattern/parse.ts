/** A regular expression as a tree. */
export type PatternNode =
  | { readonly kind: 'character'; readonly matches: (character: string) => boolean }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'sequence' | 'choice'; readonly nodes: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly node: PatternNode; readonly min: number; readonly max: number };

const groupStart = /\((?:\?:|\?<\w+>|(?!\?))/y;
const quantifier = /(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/y;
const character =
  /\[(?:\\.|[^\]\\])*\]|\\(?:u\{[\da-f]+\}|u(?!d[89a-f])[\da-f]{4}|x[\da-f]{2}|c[a-z]|p\{[^}]*\}|[^\dbku])|[^()|^$*+?\\]/iuy;

/**
 * Parses an ECMA 262 regular expression that is known to be valid.
 *
 * @returns undefined when it looks around or back, which no automaton can do
 */
export function parsePattern(source: string, flags: string): PatternNode | undefined {
  let position = 0;
  const root = choice();
  return position === source.length ? root : undefined;

  function choice(): PatternNode | undefined {
    const nodes: PatternNode[] = [];
    do {
      const node = sequence();
      if (node === undefined) return undefined;
      nodes.push(node);
    } while (take('|'));
    return { kind: 'choice', nodes };
  }

  function sequence(): PatternNode | undefined {
    const nodes: PatternNode[] = [];
    while (position < source.length && source[position] !== '|' && source[position] !== ')') {
      const node = repeated();
      if (node === undefined) return undefined;
      nodes.push(node);
    }
    return { kind: 'sequence', nodes };
  }

  function repeated(): PatternNode | undefined {
    const node = single();
    const found = node && match(quantifier);
    if (!node || !found) return node;
    const [, sign, least = '0', comma, most] = found;
    if (sign !== undefined) {
      return {
        kind: 'repeat',
        node,
        min: sign === '+' ? 1 : 0,
        max: sign === '?' ? 1 : Number.POSITIVE_INFINITY,
      };
    }
    const max = comma === undefined ? Number(least) : Number(most || Number.POSITIVE_INFINITY);
    return { kind: 'repeat', node, min: Number(least), max };
  }

  function single(): PatternNode | undefined {
    if (take('^')) return { kind: 'start' };
    if (take('$')) return { kind: 'end' };
    if (match(groupStart)) {
      const node = choice();
      return take(')') ? node : undefined;
    }
    const text = match(character)?.[0];
    return text === undefined ? undefined : characterNode(text, flags);
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

/** What a class or escape means is left to the engine, one character at a time. */
function characterNode(source: string, flags: string): PatternNode {
  const expression = new RegExp(`^(?:${source})$`, flags);
  const known = new Map<string, boolean>();
  return {
    kind: 'character',
    matches(text) {
      let matches = known.get(text);
      if (matches === undefined) {
        matches = expression.test(text);
        if (known.size < 256) known.set(text, matches);
      }
      return matches;
    },
  };
}
