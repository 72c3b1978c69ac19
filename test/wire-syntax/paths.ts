import type { MessageSyntax, SyntaxLine } from '@latchkey/codegen';
import { parseCbor } from '@latchkey/wire/cbor/parse';
import type { XmlElement } from '@latchkey/wire/xml/element';
import { parseXml } from '@latchkey/wire/xml/parse';

type Format = NonNullable<MessageSyntax['body']>['format'];

/** Stands for the key of an entry of a map, and in place of a structure that is shown elsewhere. */
const KEY = 'key';
const CUT = '…elsewhere';

/**
 * The places of a message: `header etag`, `query days`, `/Tags/[]/Key string`. Those of JSON have the type of the value; an
 * item of a list is `[]`.
 */
export type Paths = ReadonlySet<string>;

export function pathsOfBody(body: Uint8Array | string, format: Format): Paths {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  if (bytes.length === 0) return new Set();
  const text = new TextDecoder().decode(bytes);
  switch (format) {
    case 'raw':
      return new Set(['raw']);
    case 'json':
      return new Set(pathsOfTree(JSON.parse(text), ''));
    case 'cbor':
      return new Set(pathsOfTree(parseCbor(bytes), ''));
    case 'xml':
      return new Set(pathsOfElement(parseXml(bytes), ''));
    case 'form':
      return new Set(text.split('&').map((entry) => `/${entry.split('=')[0]}`));
  }
}

function pathsOfTree(value: unknown, path: string): readonly string[] {
  if (value === CUT) return [`${path} ${CUT}`];
  if (Array.isArray(value)) return [path, ...value.flatMap((item) => pathsOfTree(item, `${path}/[]`))];
  // A tag of CBOR is a timestamp, and its bytes are no text.
  if (typeof value !== 'object' || value === null) return [`${path} ${typeof value}`];
  if (ArrayBuffer.isView(value) || 'tag' in value) return [`${path} other`];
  // What is in a document is nobody's member.
  if ('any' in value && value.any === 1) return [`${path} document`];
  return [path, ...Object.entries(value).flatMap(([key, entry]) => pathsOfTree(entry, `${path}/${key}`))];
}

function pathsOfElement({ attributes, children, name, text }: XmlElement, path: string): readonly string[] {
  const own = `${path}/${name}`;
  if (text === CUT) return [`${own} ${CUT}`];
  return [
    own,
    ...[...attributes.keys()].map((attribute) => `${own}@${attribute}`),
    ...children.flatMap((child) => pathsOfElement(child, own)),
  ];
}

/** The places of what a page shows, read as the message would be. */
export function pathsOfSyntax({ body }: Pick<MessageSyntax, 'body'>): Paths {
  if (body === undefined) return new Set();
  const { format, lines } = body;
  if (format === 'raw') return new Set(['raw']);
  if (format === 'form') {
    return new Set(
      lines.map((line) => {
        const [key = '', value] = filled(line).replace(/^&/, '').split('=');
        return value === CUT ? `/${key} ${CUT}` : `/${key}`;
      }),
    );
  }
  if (format === 'xml') {
    return pathsOfBody(
      lines
        .map(filled)
        .filter((line) => line !== '…')
        .join(''),
      'xml',
    );
  }
  const text = lines.map(filledJson).join('\n').replaceAll(', …', '');
  return pathsOfBody(text, 'json');
}

/** A line with a value in place of each placeholder. */
function filled({ parts }: SyntaxLine): string {
  return parts
    .map(({ kind, text }) => (kind !== 'placeholder' ? text : /^\w+…$/.test(text) ? CUT : 'text'))
    .join('');
}

const values: Readonly<Record<string, string>> = {
  boolean: 'true',
  document: '{"any":1}',
  bytes: '{"tag":1}',
  timestamp: '{"tag":1}',
};

function filledJson({ parts }: SyntaxLine): string {
  return parts
    .map(({ kind, text }, index) => {
      if (kind !== 'placeholder') return text;
      const isKey = parts[index + 2]?.text === ': ';
      if (/^\w+…$/.test(text)) return JSON.stringify(CUT);
      if (parts[index - 1]?.text.endsWith('"')) return isKey ? KEY : 'text';
      return values[text] ?? '1';
    })
    .join('');
}

/** @returns the places that are not in a structure that is shown elsewhere, nor around one: it may be all that is there */
export function withoutCut(paths: Paths, cut: readonly string[]): readonly string[] {
  const isBefore = (path: string, other: string) =>
    other.startsWith(path) && /^(?:$|[ /.@])/.test(other.slice(path.length));
  return [...paths]
    .filter((path) => !cut.some((place) => isBefore(place, path) || isBefore(path, place)))
    .toSorted();
}

/** The places of structures that are shown elsewhere, and of the keys by which maps have them. */
export function cutPlaces(paths: Paths): readonly string[] {
  return [...paths]
    .filter((path) => path.endsWith(CUT))
    .map((path) => path.slice(0, -CUT.length - 1))
    .flatMap((place) => [place, place.replace(/(?<=[./])value$/, 'key')]);
}
