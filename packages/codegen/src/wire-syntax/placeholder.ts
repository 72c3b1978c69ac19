import type { Mark } from './marks.ts';
import type { SyntaxPart } from './syntax.ts';

/** Where a value is, which decides how it is written. */
export type Place = 'json' | 'cbor' | 'xml' | 'form' | 'header' | 'query' | 'raw';

/** Characters of the values of an enum that are listed. */
const MAX_VALUES = 60;

const timestamps: Readonly<Record<Place, string>> = {
  json: 'epoch-seconds',
  cbor: 'timestamp',
  xml: 'date-time',
  form: 'date-time',
  query: 'date-time',
  raw: 'date-time',
  header: 'http-date',
};

/** The placeholder of a value, in quotes where JSON has them. */
export function placeholderOf({ value }: Mark, place: Place): readonly SyntaxPart[] {
  if (value === undefined) return [];
  if ('name' in value) return [{ kind: 'placeholder', text: `${value.name}…`, shapeId: value.target }];
  const text = textOf(value, place);
  const part: SyntaxPart = {
    kind: 'placeholder',
    text,
    ...(value.target !== undefined && { shapeId: value.target }),
  };
  return quoted([part], isQuoted(value.type, text, place));
}

function quoted(parts: readonly SyntaxPart[], isText: boolean): readonly SyntaxPart[] {
  const quote: SyntaxPart = { kind: 'text', text: '"' };
  return isText ? [quote, ...parts, quote] : parts;
}

type Value = Exclude<Mark['value'], undefined | { readonly name: string }>;

function textOf(value: Value, place: Place): string {
  const { hasMediaType, label, timestampFormat, type, values } = value;
  if (label !== undefined) return label;
  switch (type) {
    case 'enum':
    case 'intEnum':
      return listed(values ?? []) || type;
    case 'timestamp':
      return place === 'cbor' ? timestamps.cbor : (timestampFormat ?? timestamps[place]);
    case 'blob':
      return place === 'cbor' || place === 'raw' ? 'bytes' : 'base64';
    case 'string':
      return hasMediaType && place === 'header' ? 'base64' : 'string';
    default:
      return type;
  }
}

function listed(values: readonly (string | number)[]): string {
  const shown: string[] = [];
  for (const value of values) {
    if (shown.join(' | ').length + String(value).length > MAX_VALUES) break;
    shown.push(String(value));
  }
  return [...shown, ...(shown.length < values.length ? ['…'] : [])].join(' | ');
}

function isQuoted(type: string, text: string, place: Place): boolean {
  if (place !== 'json' && place !== 'cbor') return false;
  if (type === 'timestamp') return place === 'json' && text !== 'epoch-seconds';
  return type === 'string' || type === 'enum' || (type === 'blob' && place === 'json');
}
