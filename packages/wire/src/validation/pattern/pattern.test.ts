import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isDeterministic } from './deterministic.ts';
import { parsePattern } from './parse.ts';
import { compilePattern } from './pattern.ts';
import { PatternError } from './pattern-error.ts';
import { type CompiledPattern, compileProgram } from './program.ts';
import { Run } from './run.ts';

/** Expressions with all that patterns may have. */
const { pattern: arbitraryPattern } = fc.letrec<{ pattern: string; atom: string; part: string }>((tie) => ({
  atom: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(
      'a',
      'b',
      '.',
      '\\d',
      '\\w',
      '\\s',
      '[ab]',
      '[^a-c]',
      '[\\]]',
      '\\.',
      '\\u0061',
      '\\p{L}',
      '😀',
    ),
    fc
      .tuple(fc.constantFrom('(', '(?:', '(?<name>', '(?i:', '(?s-i:', '(?m:'), tie('pattern'))
      .map(([open, pattern]) => `${open}${pattern})`),
  ),
  part: fc.oneof(
    { maxDepth: 4 },
    { weight: 4, arbitrary: tie('atom') },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          tie('atom'),
          fc.constantFrom('*', '+', '?', '{2}', '{1,}', '{0,2}', '{2,5}', '{0}', '*?', '{1,3}?'),
        )
        .map((pair) => pair.join('')),
    },
    fc.constantFrom('^', '$', '\\b', '\\B'),
    fc
      .tuple(fc.constantFrom('(?=', '(?!', '(?<=', '(?<!'), tie('pattern'))
      .map((pair) => `${pair.join('')})`),
  ),
  pattern: fc
    .array(
      fc.array(tie('part'), { maxLength: 4 }).map((parts) => parts.join('')),
      { minLength: 1, maxLength: 2 },
    )
    .map((choices) => choices.join('|')),
}));
const text = fc.string({
  unit: fc.constantFrom('a', 'A', 'b', 'c', '0', '.', ']', '😀', '\n', '\ud83d'),
  maxLength: 8,
});

/** Patterns that read without the `u` flag alone. */
const legacyPattern = fc
  .array(
    fc.constantFrom(
      '\\-',
      '\\_',
      'a',
      '.',
      '[^b]',
      '{',
      '}',
      ']',
      '\\101',
      '[\\w-.]',
      '(a',
      ')',
      '😀',
      '*',
      '{2}',
      '|',
      '$',
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) => `\\-|${parts.join('')}`)
  .filter((pattern) => isExpression(pattern, '') && !isExpression(pattern, 'u'));
const legacyText = fc.string({
  unit: fc.constantFrom('a', 'b', 'A', '-', '_', '{', ']', '.', '😀', '\n'),
  maxLength: 6,
});

describe('pattern matching', () => {
  test('a pattern is found by the automaton where the expression of the platform finds it', () => {
    fc.assert(
      fc.property(arbitraryPattern, text, (pattern, given) => {
        fc.pre(isExpression(pattern, 'u'));
        agree(pattern, 'u', given);
      }),
      { numRuns: 2000 },
    );
  });

  test('a pattern that only reads without the u flag has the meaning that it has without it', () => {
    fc.assert(
      fc.property(legacyPattern, legacyText, (pattern, given) => agree(pattern, '', given)),
      { numRuns: 2000 },
    );
    assert.equal(compilePattern('^(\\-|[^a]){2}$')('😀'), true, 'halves of a character');
    assert.equal(compilePattern('^\\-?(a)\\2$')('a\u0002'), true, 'a number of no group is octal');
    assert.equal(compilePattern('^[^/:|\\000-\\037]+$')('a\u001f'), false, 'octal numbers in a class');
  });

  test('a pattern may look ahead and behind, in one another, and at each place anew', () => {
    const found = (pattern: string, given: string) => {
      agree(pattern, 'u', given);
      return compilePattern(pattern)(given);
    };
    assert.equal(found('^(?!aws:)[a-z:]+$', 'aws:x'), false);
    assert.equal(found('^(?=.*\\d)(?=.*[A-Z])(?!.*\\s).{4,}$', 'abC1'), true);
    assert.equal(found('^(?=.*\\d)(?=.*[A-Z])(?!.*\\s).{4,}$', 'ab C1'), false);
    assert.equal(found('^((?!--)[a-z-])*$', 'a-b-c'), true);
    assert.equal(found('^((?!--)[a-z-])*$', 'a-b--c'), false);
    assert.equal(found('[a-z](?<!-[a-z])$', 'x-y'), false);
    assert.equal(found('(?<=^(?!x)..)c', 'abc'), true);
    assert.equal(found('(?<=^(?!a)..)c', 'abc'), false);
    assert.equal(found('^[a-z]+(?<!😀|b)$', 'aab'), false);
  });

  test('a counted repetition counts from every place where it may begin', () => {
    for (const length of [0, 1, 2, 3, 4, 5, 6, 7, 11, 12, 13]) {
      for (const pattern of [
        '^a{2,5}$',
        '^(a{2,3}b?)*$',
        '^a{2,3}a{4,9}$',
        'a{3}$',
        '^(a{2}|a{3}){2}$',
        '^a{0,3}a{5,}$',
      ]) {
        agree(pattern, 'u', 'a'.repeat(length));
        agree(pattern, 'u', `${'a'.repeat(length)}b`);
        agree(pattern, 'u', `b${'a'.repeat(length)}`);
      }
    }
  });
});

describe('linear work', () => {
  const cases: Readonly<Record<string, string>> = {
    '^arn:.+:.+:.+:.+:.+[^!]$': 'arn:',
    '^.*:.+:.+:.+:.+[^!]$': ':',
    '^(?:a|[ab])*$': 'a',
    '^(?:b|(?:[^a!]|[^b!]))*$': 'c',
    '^(?:a?|b?)*$': 'a',
    '^([0-9]+)+$': '0',
    '^(a|a)*$': 'a',
    '^(([a-z])+.)+[A-Z]([a-z])+$': 'a',
    '^(\\w+\\s?)*$': 'a',
    '(x+x+)+y': 'x',
    '[a-z]+[0-9]': 'a',
    '^((a?){2,})*b$': 'a',
    '^(?=(a+)+$)(?!.*(a|aa)+b).*c$': 'a',
    '(?<=(a+a+)+)b': 'a',
    '^(.{1,63}:){4}x$': ':',
    '^(a{1,40}){1,40}b$': 'a',
    '^.{1,100000}$': '\n',
  };
  for (const [pattern, part] of Object.entries(cases)) {
    test(`matching ${pattern} takes work linear in the text`, () => {
      const { unicode, compiled } = compile(pattern);
      for (const length of [300, 3000, 30_000]) {
        const text = `${part.repeat(length)}!`;
        const run = new Run(text, unicode);
        assert.equal(run.accepts(compiled.main), false);
        assert.ok(run.visits <= 3 * compiled.size * (text.length + 1), `${run.visits} visits for ${length}`);
      }
      assert.ok(compiled.size < 200);
      assert.equal(isDeterministic(compiled.main), pattern === '^.{1,100000}$');
      assert.equal(compilePattern(pattern)(`${part.repeat(30_000)}!`), false);
    });
  }

  test('a text of more than a million characters is matched by the automaton, whatever the pattern', () => {
    assert.equal(compilePattern('^(?:[ab]c?)*$')(`${'ac'.repeat(600_000)}!`), false);
    assert.equal(compilePattern('^(?:[ab]c?)*$')('ac'.repeat(600_000)), true);
  });
});

describe('patterns left to the expressions of the platform', () => {
  test('a pattern is left to the platform where the next character tells how to go on', () => {
    for (const pattern of [
      '^[a-z]{1,20}$',
      '^arn:[a-z-]*:s3:::[^/]+/.*$',
      '^(?:a|[b-z]+)[0-9]?(?:-[0-9]+)*$',
      '^a$|^b',
      '^(?:\\w|\\/|-){1,1011}$',
      '^é*[a-z]*$',
    ]) {
      assert.equal(isDeterministic(compile(pattern).compiled.main), true, pattern);
    }
  });

  test('a pattern is not left to the platform where a character may be read in two ways, or may be', () => {
    for (const pattern of [
      '[a-z]+$',
      '^[a-z]*[a-z]$',
      '^(?:[ab]|[bc])*$',
      '^(?:a|b?|c?)$',
      '^(?:a?b?)*$',
      '^(?=a)a$',
      '^(?i:k)*K$',
      ...['\\D', '\\W', '\\S', '\\s\\u00e9', '\\u{e9}', 'à-ê', '^a', '\\p{L}'].map((set) => `^[${set}]*é*$`),
      '^.*é$',
    ]) {
      assert.equal(isDeterministic(compile(pattern).compiled.main), false, pattern);
    }
  });
});

describe('refused patterns', () => {
  const refusals: Readonly<Record<string, RegExp>> = {
    '^((a)\\2)+$': /the back-reference \\2 cannot be matched in linear time/,
    '^(?<letter>a)\\k<letter>$': /the back-reference \\k<letter> cannot/,
    '^\\-(a)\\1$': /the back-reference \\1 cannot/,
    '^[\\p{Print}]+$':
      /\\p has no meaning without the u flag, and it does not read with it \(Invalid property name/,
    '^\\A\\w+\\z$': /\\A has no meaning/,
    '^\\-\\U$': /\\U has no meaning/,
    '^(?i)yes$': /is no regular expression of ECMAScript \(Invalid group\)/,
    '^[0-9]{2}+$': /is no regular expression of ECMAScript \(Nothing to repeat\)/,
    '^((a{1,1000}){1,1000}b?)*$': /needs more than 10000 states|counts add up to more than 250000/,
    '^(a{1,1000}){1,1000}$': /counts add up to more than 250000/,
    '^a{1,4000000000}$': /counts add up to more than 250000/,
    '^(ab){1,1000000000}$': /needs more than 10000 states/,
    '^(?:){4000000000}$': /needs more than 10000 states/,
    '^(?:(?:)+){1000000000}$': /needs more than 10000 states/,
    '^((a|bc){1,100}){1,100}$': /needs more than 10000 states/,
    [`^${'('.repeat(300)}a${')'.repeat(300)}$`]: /groups nest more than 200 deep/,
  };
  for (const [pattern, reason] of Object.entries(refusals)) {
    test(`the pattern ${pattern.slice(0, 40)} is refused, and the error names what is wrong`, () => {
      assert.throws(
        () => compilePattern(pattern),
        (error) => {
          assert.ok(error instanceof PatternError);
          assert.match(error.reason, reason);
          assert.ok(error.message.includes(pattern), 'the message has the pattern');
          return true;
        },
      );
    });
  }
});

/**
 * Whether a pattern is found, by the rules of ECMAScript: tried at one character after the other. With the `u` flag V8
 * also tries in the middle of a character, where `\B` holds.
 */
function isFound(pattern: string, flags: string, given: string): boolean {
  if (flags === '') return new RegExp(pattern).test(given);
  const expression = new RegExp(pattern, `${flags}y`);
  let place = 0;
  for (const character of [...given, '']) {
    expression.lastIndex = place;
    if (expression.test(given)) return true;
    place += character.length;
  }
  return false;
}

/** Compares the automaton, and the compiled pattern, which may be no automaton, with the rules of ECMAScript. */
function agree(pattern: string, flags: string, given: string): void {
  const expected = isFound(pattern, flags, given);
  const { unicode, compiled } = compile(pattern);
  const about = `${pattern} in ${JSON.stringify(given)}`;
  assert.equal(unicode, flags === 'u', about);
  assert.equal(new Run(given, unicode).accepts(compiled.main), expected, about);
  assert.equal(compilePattern(pattern)(given), expected, about);
}

function compile(pattern: string): { readonly unicode: boolean; readonly compiled: CompiledPattern } {
  const { root, unicode } = parsePattern(pattern);
  const compiled = compileProgram(root);
  assert.ok(!('tooLarge' in compiled), pattern);
  return { unicode, compiled };
}

function isExpression(pattern: string, flags: string): boolean {
  try {
    new RegExp(pattern, flags);
    return true;
  } catch {
    return false;
  }
}
