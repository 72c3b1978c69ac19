import { JmesPathError } from './jmespath-error.ts';

/** A token. `type` is `name`, `quoted` (a name in quotes), `number`, `literal`, `end`, or the symbol itself. */
export interface Token {
  readonly type: string;
  readonly position: number;
  /** Value of a name, number or literal. */
  readonly value?: unknown;
}

const kinds: readonly (readonly [type: string, pattern: RegExp])[] = [
  ['space', /[ \t\r\n]+/y],
  ['name', /[A-Za-z_]\w*/y],
  ['number', /-?\d+/y],
  ['quoted', /"(?:[^"\\]|\\.)*"/y],
  ['literal', /`(?:[^`\\]|\\.)*`/y],
  ['raw', /'(?:[^'\\]|\\.)*'/sy],
  ['symbol', /\[\]|\[\?|\|\||&&|[=!<>]=|[.*@[\](){},:|!<>&]/y],
];

/** Splits an expression into tokens. The last is `end`. */
export function tokenize(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < expression.length) {
    const [type, text] = match(expression, position);
    if (type !== 'space') tokens.push(token(expression, position, type, text));
    position += text.length;
  }
  return [...tokens, { type: 'end', position }];
}

function match(expression: string, position: number): readonly [type: string, text: string] {
  for (const [type, pattern] of kinds) {
    pattern.lastIndex = position;
    const text = pattern.exec(expression)?.[0];
    if (text !== undefined) return [type, text];
  }
  throw new JmesPathError(expression, position, `"${expression[position]}" opens nothing that is closed`);
}

function token(expression: string, position: number, type: string, text: string): Token {
  switch (type) {
    case 'name':
      return { type, position, value: text };
    case 'number':
      return { type, position, value: Number(text) };
    case 'quoted':
      return { type, position, value: parseJson(expression, position, text) };
    case 'literal': {
      const json = text.slice(1, -1).replaceAll('\\`', '`');
      return { type, position, value: parseJson(expression, position, json) };
    }
    case 'raw':
      return { type: 'literal', position, value: text.slice(1, -1).replace(/\\(['\\])/g, '$1') };
    default:
      return { type: text, position };
  }
}

function parseJson(expression: string, position: number, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new JmesPathError(expression, position, `must be JSON, found ${json}`);
  }
}
