import { groupBy } from '../group-by.ts';
import type { WireRequest } from '../http.ts';
import { defaultOf, targetOf, writtenDefaultOf } from '../member.ts';
import { at, unexpected } from '../misfit.ts';
import type { MapSchema } from '../schema.ts';
import type { QueryEntries } from '../values/query-string.ts';
import { parseQuery } from '../values/query-string.ts';
import { setKey } from '../values/record.ts';
import { textReader, textWriter } from '../values/text.ts';
import type { Bindings, BoundMember } from './bindings.ts';
import type { Draft, PartReader, Source } from './part.ts';
import type { UriPattern } from './uri-pattern.ts';

type Entries = [name: string, value: string][];

export function queryReader({ query, queryParams }: Bindings): PartReader<WireRequest> {
  const members = query.map(memberReader);
  const readParams = queryParams === undefined ? undefined : paramsReader(queryParams);
  return (draft, request) => {
    const entries = parseQuery(request.query);
    for (const read of members) read(draft, entries);
    readParams?.(draft, entries);
  };
}

/** Writes the query: literals of the pattern, then bound members, then `httpQueryParams` whose names are not yet taken. */
export function queryWriter(
  { query, queryParams }: Bindings,
  pattern: UriPattern,
): (source: Source) => QueryEntries {
  const members = query.map(memberWriter);
  return (source) => {
    const entries: Entries = pattern.query.map(([name, value]) => [name, value]);
    for (const write of members) write(entries, source);
    if (queryParams !== undefined) writeParams(queryParams, entries, source);
    return entries;
  };
}

function memberReader({
  name,
  member,
  target,
  at: key,
}: BoundMember): (draft: Draft, entries: QueryEntries) => void {
  const isList = target.type === 'list';
  const read = textReader(isList ? target.member : member, 'date-time', 'server');
  const fallback = defaultOf(member);
  return (draft, entries) => {
    const texts = valuesOf(entries, key);
    const [first] = texts;
    if (first === undefined) {
      if (fallback !== undefined) draft[name] = fallback();
    } else {
      draft[name] = at(name, () =>
        isList ? texts.map((text, index) => at(index, () => read(text))) : read(first),
      );
    }
  };
}

function memberWriter({
  name,
  member,
  target,
  at: key,
}: BoundMember): (entries: Entries, source: Source) => void {
  const isList = target.type === 'list';
  const write = textWriter(isList ? target.member : member, 'date-time');
  const fallback = writtenDefaultOf(member, 'client');
  return (entries, { [name]: given }) => {
    const value = given ?? fallback?.();
    if (value === undefined) return;
    at(name, () => {
      if (!isList) entries.push([key, write(value)]);
      else if (!Array.isArray(value)) throw unexpected(value, 'a list');
      else for (const [index, item] of value.entries()) entries.push([key, at(index, () => write(item))]);
    });
  };
}

/** Compiles the reader of `httpQueryParams`. It gets all query parameters, including those bound to other members. */
function paramsReader({ name, target }: BoundMember): (draft: Draft, entries: QueryEntries) => void {
  const isListMap = targetOf((target as MapSchema).value).type === 'list';
  return (draft, entries) => {
    const params: Draft = {};
    // Grouped in one pass: a query may have very many names, and a search for each would take quadratic time.
    for (const [key, group] of groupBy(entries, ([name]) => name)) {
      const texts = group.map(([, text]) => text);
      setKey(params, key, isListMap ? texts : texts[0]);
    }
    draft[name] = params;
  };
}

function writeParams({ name }: BoundMember, entries: Entries, source: Source): void {
  const params = source[name];
  if (params === undefined || params === null) return;
  const taken = new Set(entries.map(([key]) => key));
  for (const [key, value] of Object.entries(params)) {
    if (taken.has(key) || value === null || value === undefined) continue;
    for (const text of Array.isArray(value) ? value : [value]) {
      if (typeof text !== 'string') throw unexpected(text, 'a string').within(key).within(name);
      entries.push([key, text]);
    }
  }
}

function valuesOf(entries: QueryEntries, key: string): string[] {
  return entries.filter(([found]) => found === key).map(([, text]) => text);
}
