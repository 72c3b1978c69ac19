import type { WireRequest } from '../http.ts';
import { at, Misfit } from '../misfit.ts';
import { percentDecode, percentEncode } from '../values/query-string.ts';
import { textReader, textWriter } from '../values/text.ts';
import type { BoundMember } from './bindings.ts';
import type { PartReader, Source } from './part.ts';
import type { UriPattern } from './uri-pattern.ts';
import { pathExpression } from './uri-pattern.ts';

export function labelsReader(pattern: UriPattern, labels: readonly BoundMember[]): PartReader<WireRequest> {
  const expression = pathExpression(pattern);
  const names = pattern.segments.flatMap((segment) => (segment.kind === 'literal' ? [] : [segment.name]));
  const members = labels.map(({ name, member }) => ({
    name,
    group: names.indexOf(name) + 1,
    read: textReader(member, 'date-time', 'server'),
  }));
  return (draft, { path }) => {
    const captured = expression.exec(path);
    for (const { name, group, read } of members) {
      const text = captured?.[group];
      if (text !== undefined) draft[name] = at(name, () => read(percentDecode(text)));
    }
  };
}

export function pathWriter(pattern: UriPattern, labels: readonly BoundMember[]): (source: Source) => string {
  const writers = new Map(labels.map(({ name, member }) => [name, textWriter(member, 'date-time')]));
  return (source) =>
    pattern.segments
      .map((segment) => {
        if (segment.kind === 'literal') return `/${segment.text}`;
        const { kind, name } = segment;
        return at(name, () => {
          const text = writers.get(name)?.(source[name]) ?? '';
          if (text === '') throw new Misfit('found an empty label of the path');
          // Software that normalises paths would remove a dot segment, even an encoded one, and call another operation.
          if (kind === 'label' && /^\.\.?$/.test(text))
            throw new Misfit("found '.' or '..' as a label of the path");
          return `/${kind === 'label' ? percentEncode(text) : text.split('/').map(percentEncode).join('/')}`;
        });
      })
      .join('');
}
