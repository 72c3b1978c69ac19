import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { backtrackingSteps } from '../../fixtures/backtracking.ts';
import { PatternTexts } from '../../fixtures/pattern-texts.ts';
import { isDeterministic } from './deterministic.ts';
import { parsePattern } from './parse.ts';
import { compilePattern } from './pattern.ts';
import { PatternError } from './pattern-error.ts';
import { type CompiledPattern, compileProgram } from './program.ts';
import { Run } from './run.ts';

const shared = new URL('../../../../../../shared/', import.meta.url).pathname;
const folders = ['api-models-aws', 'api-models-2026'];
const missing = folders.find((folder) => !existsSync(`${shared}${folder}`));
const skip = missing === undefined ? false : `../shared/${missing} is not here`;

interface Matched extends CompiledPattern {
  readonly pattern: string;
  readonly unicode: boolean;
  readonly texts: PatternTexts;
}

describe('the patterns of all AWS models', { skip }, () => {
  let uses = 0;
  const patterns = new Set<string>();
  const matched: Matched[] = [];
  const refused = new Map<string, string>();

  before(() => {
    for (const path of globSync(folders.map((folder) => `${shared}${folder}/**/*.json`))) {
      for (const pattern of patternsIn(readFileSync(path, 'utf8'))) {
        uses += 1;
        patterns.add(pattern);
      }
    }
    for (const pattern of patterns) {
      try {
        compilePattern(pattern);
        matched.push(compiled(pattern));
      } catch (error) {
        assert.ok(error instanceof PatternError, pattern);
        refused.set(pattern, error.reason);
      }
    }
  });

  test('all AWS patterns are matched but those with a back-reference, too many states, or no meaning in ECMAScript', () => {
    assert.ok(uses > 7500, `${uses} uses of ${patterns.size} patterns`);
    const count = (reason: RegExp) => [...refused.values()].filter((each) => reason.test(each)).length;
    const ofOtherDialects = count(/^it is no regular expression of ECMAScript|has no meaning/);
    assert.deepEqual(
      { backReferences: count(/^the back-reference/), tooLarge: count(/^it needs more than/) },
      { backReferences: 3, tooLarge: 1 },
    );
    assert.equal(ofOtherDialects, refused.size - 4, [...refused.values()].join('\n'));
    assert.ok(refused.size < 50, `${refused.size} of ${patterns.size} patterns are refused`);
  });

  test('each AWS pattern is found where the expression of the platform finds it', () => {
    for (const { pattern, unicode, main, texts } of matched) {
      const expression = new RegExp(pattern, unicode ? 'u' : '');
      const matches = compilePattern(pattern);
      const given = [texts.match(), texts.match(), texts.match(), ...texts.nearMisses(), ''];
      for (const text of given) {
        const about = `${pattern} in ${JSON.stringify(text)}`;
        const expected = expression.test(text);
        assert.equal(new Run(text, unicode).accepts(main), expected, about);
        assert.equal(matches(text), expected, about);
      }
    }
  });

  test('most texts made of an AWS pattern match it, so that both answers are compared', () => {
    const matching = matched.filter(({ pattern, texts }) => compilePattern(pattern)(texts.match()));
    assert.ok(matching.length > 0.8 * matched.length, `${matching.length} of ${matched.length}`);
  });

  test('no AWS pattern takes more work for a character of a hostile text than its size allows', () => {
    for (const { pattern, unicode, main, size, texts } of matched) {
      for (const text of texts.hostile(300)) {
        const run = new Run(text, unicode);
        run.accepts(main);
        assert.ok(run.visits <= 3 * size * (text.length + 1), `${pattern}: ${run.visits} visits for ${text}`);
      }
    }
  });

  test('no AWS pattern that is left to the expressions of the platform makes them try in vain', () => {
    const deterministic = matched.filter(({ main }) => isDeterministic(main));
    assert.ok(deterministic.length > 0.6 * matched.length, `${deterministic.length} of ${matched.length}`);
    for (const { pattern, unicode, main, size, texts } of deterministic) {
      for (const text of texts.hostile(300)) {
        const limit = 3 * size * (text.length + 1);
        const tried = backtrackingSteps(main, codesOf(text, unicode), limit + 1);
        assert.ok(tried <= limit, `${pattern}: more than ${limit} steps for ${text}`);
      }
    }
  });
});

function patternsIn(model: string): readonly string[] {
  const found = model.matchAll(/"smithy\.api#pattern"\s*:\s*("(?:[^"\\]|\\.)*")/g);
  return Array.from(found, ([, text = '""']) => JSON.parse(text) as string);
}

function compiled(pattern: string): Matched {
  const { root, unicode } = parsePattern(pattern);
  const program = compileProgram(root);
  assert.ok(!('tooLarge' in program));
  return { ...program, pattern, unicode, texts: new PatternTexts(root, { unicode, seed: 1 }) };
}

function codesOf(text: string, unicode: boolean): readonly number[] {
  const characters = unicode ? [...text] : text.split('');
  return characters.map((character) => character.codePointAt(0) ?? 0);
}
