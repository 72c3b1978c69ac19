import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compileAutomaton } from './automaton.ts';
import { parsePattern } from './parse.ts';
import { compilePattern } from './pattern.ts';

/** Expressions of what automata can do. */
const { pattern: arbitraryPattern } = fc.letrec<{ pattern: string; atom: string; part: string }>((tie) => ({
  atom: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('a', 'b', '.', '\\d', '\\w', '[ab]', '[^a-c]', '[\\]]', '\\.', '\\u0061', '\\p{L}', '😀'),
    tie('pattern').map((pattern) => `(${pattern})`),
    tie('pattern').map((pattern) => `(?:${pattern})`),
  ),
  part: fc.oneof(
    { weight: 4, arbitrary: tie('atom') },
    {
      weight: 2,
      arbitrary: fc
        .tuple(tie('atom'), fc.constantFrom('*', '+', '?', '{2}', '{1,}', '{0,2}', '*?'))
        .map((pair) => pair.join('')),
    },
    fc.constantFrom('^', '$'),
  ),
  pattern: fc
    .array(
      fc.array(tie('part'), { maxLength: 4 }).map((parts) => parts.join('')),
      { minLength: 1, maxLength: 2 },
    )
    .map((choices) => choices.join('|')),
}));
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '0', '.', ']', '😀', '\n'), maxLength: 8 });

describe('a pattern', () => {
  test('finds as an automaton what it finds as an expression', () => {
    fc.assert(
      fc.property(arbitraryPattern, text, (pattern, given) => {
        const root = parsePattern(pattern, 'u');
        assert(root !== undefined, `${pattern} was not parsed`);
        const automaton = compileAutomaton(root);
        fc.pre(automaton !== undefined);
        assert.equal(
          automaton(given),
          new RegExp(pattern, 'u').test(given),
          `${pattern} in ${JSON.stringify(given)}`,
        );
      }),
      { numRuns: 2000 },
    );
  });

  for (const pattern of [
    '^([0-9]+)+$',
    '^(a|a)*$',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '^(\\w+\\s?)*$',
    '(x+x+)+y',
    '^((a?){2,})*b$',
  ]) {
    test(`${pattern} takes no longer than its text is long`, () => {
      const matches = compilePattern(pattern);
      for (const character of ['0', 'a', 'x']) assert.equal(matches(`${character.repeat(20_000)}!`), false);
    });
  }

  test('that looks around or back, or only reads without the u flag, is left to the engine', () => {
    assert.equal(compilePattern('^(?!aws:)(a+)+$')('aaa'), true);
    assert.equal(compilePattern('^((a)\\2)+$')('aaaa'), true);
    assert.equal(compilePattern('^[\\w\\-_\\:]+$')('a-b:c'), true);
  });

  test('that only reads without the u flag sees halves of characters', () => {
    assert.equal(compilePattern('^(\\-|[^a]){2}$')('😀'), true);
  });

  test('that would make too large an automaton is left to the engine', () => {
    assert.equal(compilePattern('^((a{1,1000}){1,1000}b?)*$')('aaa'), true);
    assert.equal(compilePattern('^(a{1,4000000000}b?)*$')('aaa'), true);
  });
});
