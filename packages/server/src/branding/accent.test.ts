import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { stylesheet } from '../web/assets.ts';
import { readableAccent, themeColours } from './accent.ts';
import { contrast, lowestContrast, MIN_CONTRAST } from './contrast.ts';

test('contrast ratios are those of WCAG', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21);
  assert.equal(contrast('#123456', '#123456'), 1);
  assert.equal(contrast('#777777', '#ffffff').toFixed(2), '4.48');
  assert.equal(contrast('#ffffff', '#767676').toFixed(2), '4.54');
});

test('every colour becomes readable in both themes, and a readable one stays as it is', () => {
  const colour = fc
    .integer({ min: 0, max: 0xffffff })
    .map((value) => `#${value.toString(16).padStart(6, '0')}`);
  fc.assert(
    fc.property(colour, fc.constantFrom('light', 'dark'), (any, theme) => {
      const { backgrounds, onAccent } = themeColours[theme];
      const all = [...backgrounds, onAccent];
      const readable = readableAccent(any, theme);
      assert.ok(lowestContrast(readable, all) >= MIN_CONTRAST, readable);
      if (lowestContrast(any, all) >= MIN_CONTRAST) assert.equal(readable, any);
    }),
  );
});

test('the backgrounds that an accent is measured against are those of the style sheet', () => {
  const css = stylesheet.body.toString();
  const found = ['paper', 'surface', 'tag', 'caution', 'problem'].map((name) => {
    const [, light, dark] = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css) ?? [];
    return [light, dark];
  });
  assert.deepEqual(
    found,
    themeColours.light.backgrounds.map((light, index) => [light, themeColours.dark.backgrounds[index]]),
  );
});
