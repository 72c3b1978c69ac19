import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { accepts, preferredType } from './accept.ts';

describe('an Accept header', () => {
  test('covers an answer when any of its ranges does', () => {
    const covering = [
      undefined,
      '',
      '*/*',
      '*',
      'application/json',
      'text/html, application/json; charset=utf-8',
      'a/b, APPLICATION/*;q=0.1',
      'application/json;q=nonsense',
      'a/b;p="x, application/json;q=0", application/json',
      ', ,application/json,',
    ];
    for (const accept of covering) assert(accepts(accept, 'application/json'), accept);
  });

  test('does not cover an answer when no range does, or when the most precise one has no weight', () => {
    const refusing = [
      'text/html',
      'application/xml',
      'text/*',
      'application/json;q=0',
      'application/json ; q=0.000',
      'application/json;q=0;v=1',
      'application/json;q=0, */*',
      '*/*, application/*;q=0',
      'a/b;p="application/json, application/json"',
      'application',
      '/',
    ];
    for (const accept of refusing) assert(!accepts(accept, 'application/json'), accept);
  });

  test('does not cover an answer by the name of what every object has', () => {
    for (const accept of ['constructor', '__proto__', 'toString'])
      assert(!accepts(accept, 'application/json'));
  });
});

describe('of the types that are offered, XML first', () => {
  const preferred: Readonly<Record<string, readonly (string | undefined)[]>> = {
    'text/xml': [
      undefined,
      '',
      ' ',
      '*/*',
      '*',
      'text/*',
      'image/png',
      'text/xml, application/json',
      'application/json;q=0',
      'application/json;q=0, */*',
      'application/json;q=0.5, */*',
      'application/json;q=0.9, text/xml',
      // What Java sends where nobody says anything else.
      'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2',
      'x/y;p="application/json"',
    ],
    'application/json': [
      'application/json',
      'Application/JSON',
      ' application/json ',
      'application/json; charset=utf-8',
      'application/json;q=0.1',
      'application/json; Q=0.1; x=y',
      'application/json, text/xml',
      'application/json, */*',
      '*/*, application/json',
      'application/json, text/plain, */*',
      'text/html, application/json;q=0.9, */*;q=0.8',
      'text/xml;q=0.5, application/json',
      'text/xml;q=0, */*',
      'application/*',
      'application/json;q=2',
      'application/json;profile="a,b;q=0"',
    ],
  };
  for (const [type, headers] of Object.entries(preferred)) {
    for (const accept of headers) {
      test(`the Accept header ${JSON.stringify(accept)} prefers ${type}`, () => {
        assert.equal(preferredType(accept, ['text/xml', 'application/json']), type);
      });
    }
  }
});

const weight = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000);
const parameter = fc.constantFrom('', ';charset=utf-8', '; v="a, b;q=0"', ' ; p=\t1');
const type = fc.constantFrom('text/xml', 'application/json', 'text/*', 'application/*', '*/*', 'a/b');
const range = fc
  .record({ type, weight, parameter, upper: fc.boolean() })
  .map((parts) => ({ ...parts, name: parts.upper ? parts.type.toUpperCase() : parts.type }));

test('the preferred type is never one of lesser weight than another that is offered', () => {
  const renders = (ranges: readonly { name: string; parameter: string; weight: number }[]) =>
    ranges.map(({ name, parameter: extra, weight: q }) => `${name}${extra};q=${q}`).join(' ,');
  const precisionOf = (pattern: string) => (pattern.startsWith('*') ? 1 : pattern.endsWith('*') ? 2 : 3);
  const unique = fc.uniqueArray(range, { selector: (each) => each.type });
  fc.assert(
    fc.property(unique, (ranges) => {
      const weightOf = (wanted: string) =>
        ranges
          .filter(({ type: pattern }) => new RegExp(`^${pattern.replaceAll('*', '[^/]+')}$`).test(wanted))
          .toSorted((a, b) => precisionOf(b.type) - precisionOf(a.type))
          .at(0)?.weight ?? 0;
      const accept = renders(ranges);
      const preferred = preferredType(accept, ['text/xml', 'application/json']);
      const other = preferred === 'text/xml' ? 'application/json' : 'text/xml';
      if (ranges.length > 0) assert(weightOf(preferred) >= weightOf(other), accept);
      for (const offered of ['text/xml', 'application/json']) {
        assert.equal(accepts(accept, offered), ranges.length === 0 || weightOf(offered) > 0, accept);
      }
    }),
  );
});

test('no text as an Accept header makes it throw, and one of the types is preferred', () => {
  const piece = fc.constantFrom('application/json', '*/*', '"', '\\', ',', ';', 'q=', '0', '=', ' ', '/');
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(text, (accept) => {
      const preferred = preferredType(accept, ['text/xml', 'application/json']);
      assert(['text/xml', 'application/json'].includes(preferred));
      accepts(accept, 'application/json');
    }),
  );
});
