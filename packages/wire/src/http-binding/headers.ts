import type { End } from '../end.ts';
import { fallbackOf, writtenDefaultOf } from '../member.ts';
import { at, Misfit } from '../misfit.ts';
import { unlessMisfit } from '../unless-misfit.ts';
import { expectText } from '../values/expect.ts';
import { headerText } from '../values/header-text.ts';
import { setKey } from '../values/record.ts';
import type { TextReader } from '../values/text.ts';
import type { Bindings, BoundMember } from './bindings.ts';
import { headerReader, headerWriter, refuseLineBreaks } from './header-value.ts';
import type { Draft, PartReader, Source } from './part.ts';

interface WithHeaders {
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export function headersReader({ headers, prefixHeaders }: Bindings, end: End): PartReader<WithHeaders> {
  const members = headers.map((bound) => memberReader(bound, end));
  const readPrefixed = prefixHeaders === undefined ? undefined : prefixReader(prefixHeaders, end);
  return (draft, message) => {
    for (const read of members) read(draft, message);
    readPrefixed?.(draft, message);
  };
}

/** Compiles the writer of headers, by lower-case name. */
export function headersWriter(
  { headers, prefixHeaders }: Bindings,
  end: End,
): (source: Source) => Record<string, string> {
  const members = headers.map((bound) => ({
    ...bound,
    write: headerWriter(bound),
    fallback: writtenDefaultOf(bound.member, end),
  }));
  return (source) => {
    const written: Record<string, string> = {};
    if (prefixHeaders !== undefined) writePrefixed(prefixHeaders, written, source);
    for (const { name, at: header, write, fallback } of members) {
      const value = source[name] ?? fallback?.();
      if (value === undefined) continue;
      written[header] = at(name, () => write(value));
    }
    return written;
  };
}

function memberReader(bound: BoundMember, end: End): PartReader<WithHeaders> {
  const { name, at: header } = bound;
  const read = end === 'client' ? receivedReader(bound) : headerReader(bound, end);
  const fallback = fallbackOf(bound.member, end);
  return (draft, { headers }) => {
    const received = headers[header];
    const value = received === undefined ? undefined : at(name, () => read(headerText(received)));
    if (value !== undefined) draft[name] = value;
    else if (fallback !== undefined) draft[name] = fallback();
  };
}

/**
 * Compiles a client's reader of one header. It treats as absent: an empty number or boolean, and a malformed date, such
 * as `Expires: 0`, which S3 returns as it was stored with the object.
 */
function receivedReader(bound: BoundMember): TextReader {
  const read = headerReader(bound, 'client');
  const { type } = bound.target;
  if (type === 'timestamp') return (text) => unlessMisfit(() => read(text));
  if (type === 'string' || type === 'enum' || type === 'blob' || type === 'list') return read;
  return (text) => (text.trim() === '' ? undefined : read(text));
}

function prefixReader({ name, at: prefix }: BoundMember, end: End): PartReader<WithHeaders> {
  return (draft, { headers }) => {
    const found: Draft = {};
    for (const [header, value] of Object.entries(headers)) {
      if (value !== undefined && header.startsWith(prefix))
        setKey(found, header.slice(prefix.length), headerText(value));
    }
    if (end === 'client' || Object.keys(found).length > 0) draft[name] = found;
  };
}

function writePrefixed(
  { name, at: prefix }: BoundMember,
  written: Record<string, string>,
  source: Source,
): void {
  const values = source[name];
  if (values === undefined || values === null) return;
  for (const [key, value] of Object.entries(values)) {
    at(name, () =>
      at(key, () => {
        const header = `${prefix}${key.toLowerCase()}`;
        if (!/^[\w!#$%&'*+.^`|~-]+$/.test(header)) throw new Misfit('found a key that is not a header name');
        written[header] = refuseLineBreaks(expectText(value));
      }),
    );
  }
}
