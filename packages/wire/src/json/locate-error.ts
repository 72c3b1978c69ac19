import { lineAndColumn } from '../values/line-and-column.ts';

const space = /[\t\n\r ]*/y;
// The group repeats once for each escape, not for each character: every repetition takes stack.
const scalar =
  /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[ !#-[\]-\uffff]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end';

/**
 * Finds where a text is not JSON. The messages of `JSON.parse` differ between engines and quote the text, which may hold
 * secrets; so a text that it refused is read again here.
 */
export function locateJsonError(text: string): string {
  const containers: ('[' | '{')[] = [];
  let expected: Expected = 'value';
  let position = 0;
  for (;;) {
    position = skip(space, text, position);
    const character = text[position];
    if (character === undefined) return `unexpected end at ${lineAndColumn(text, position)}`;
    const container = containers.at(-1);
    const next: Expected | 'scalar' | undefined = step(character, expected, container);
    if (next === undefined) return `unexpected character at ${lineAndColumn(text, position)}`;
    if (next === 'scalar') {
      const end = skip(scalar, text, position);
      const isKey: boolean = expected === 'key' || expected === 'key or }';
      if (end === position || (isKey && character !== '"')) {
        return `${character === '"' ? 'bad string' : 'unexpected character'} at ${lineAndColumn(text, position)}`;
      }
      position = end;
      expected = isKey ? ':' : ', or end';
      continue;
    }
    if (character === '[' || character === '{') containers.push(character);
    if (character === ']' || character === '}') containers.pop();
    position += 1;
    expected = next;
  }
}

/** What may follow a character: `scalar` where a whole token must be read; undefined where the character is not allowed. */
function step(
  character: string,
  expected: Expected,
  container: '[' | '{' | undefined,
): Expected | 'scalar' | undefined {
  const valueExpected = expected === 'value' || expected === 'value or ]';
  switch (character) {
    case '[':
      return valueExpected ? 'value or ]' : undefined;
    case '{':
      return valueExpected ? 'key or }' : undefined;
    case ']':
      return container === '[' && (expected === 'value or ]' || expected === ', or end')
        ? ', or end'
        : undefined;
    case '}':
      return container === '{' && (expected === 'key or }' || expected === ', or end')
        ? ', or end'
        : undefined;
    case ':':
      return expected === ':' ? 'value' : undefined;
    case ',':
      if (expected !== ', or end' || container === undefined) return undefined;
      return container === '[' ? 'value' : 'key';
    default:
      return expected === ':' || expected === ', or end' ? undefined : 'scalar';
  }
}

function skip(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position;
  return pattern.test(text) ? pattern.lastIndex : position;
}
