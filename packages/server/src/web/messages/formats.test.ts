import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html } from 'hono/html';
import { english } from './english.ts';
import { formatsOf } from './formats.ts';
import { german } from './german.ts';

const nowMs = Date.parse('2026-01-01T14:05:10.250Z');

test('a moment is shown both as people say it and exactly', () => {
  const shown = ({ asker }: typeof english, ageMs: number) => String(asker.askedAt(nowMs - ageMs, nowMs));
  assert.equal(
    shown(english, 130_000),
    '<time datetime="2026-01-01T14:03:00.250Z">2\u00a0minutes ago, at 14:03\u00a0UTC</time>',
  );
  assert.match(shown(english, 1_000), />just now, at 14:05\u00a0UTC</);
  assert.match(shown(german, 130_000), />vor 2\u00a0Minuten, um 14:03\u00a0Uhr \(UTC\)</);
  assert.match(shown(german, 2 * 86_400_000), />vor 2\u00a0Tagen, um /);
  assert.match(shown(german, 1_000), />gerade eben, um 14:05\u00a0Uhr \(UTC\)</);
});

test('an instant to come is shown with the time that is left until it, never more than there is', () => {
  const endMs = Date.parse('2026-01-01T13:31:30.000Z');
  const shown = ({ device }: typeof english, leftSeconds: number) =>
    String(device.ends(endMs, endMs - leftSeconds * 1000));
  assert.match(
    shown(english, 599),
    /<time datetime="2026-01-01T13:31:30.000Z">in 9\u00a0minutes, at 13:31\u00a0UTC<\/time>/,
  );
  for (const [leftSeconds, words, worte] of [
    [600, 'in 10\u00a0minutes', 'in 10\u00a0Minuten'],
    [119, 'in 1\u00a0minute', 'in 1\u00a0Minute'],
    [59.9, 'in 59\u00a0seconds', 'in 59\u00a0Sekunden'],
    [0.2, 'in 1\u00a0second', 'in 1\u00a0Sekunde'],
    [3_599, 'in 59\u00a0minutes', 'in 59\u00a0Minuten'],
    [7_199, 'in 1\u00a0hour', 'in 1\u00a0Stunde'],
  ] as const) {
    assert.ok(shown(english, leftSeconds).includes(`>${words}, at 13:31\u00a0UTC<`), words);
    assert.ok(shown(german, leftSeconds).includes(`>${worte}, um 13:31\u00a0Uhr (UTC)<`), worte);
  }
});

test('a duration is said in the largest unit that fits', () => {
  const [inEnglish, inGerman] = [formatsOf('en-GB'), formatsOf('de')];
  for (const [seconds, words, worte] of [
    [0, '1\u00a0second', '1\u00a0Sekunde'],
    [45, '45\u00a0seconds', '45\u00a0Sekunden'],
    [60, '1\u00a0minute', '1\u00a0Minute'],
    [890, '15\u00a0minutes', '15\u00a0Minuten'],
    [3_600, '1\u00a0hour', '1\u00a0Stunde'],
    [28_800, '8\u00a0hours', '8\u00a0Stunden'],
    [7_776_000, '90\u00a0days', '90\u00a0Tage'],
  ] as const) {
    assert.equal(inEnglish.duration(seconds), words);
    assert.equal(inGerman.duration(seconds), worte);
  }
});

test('numbers have the separators of the language', () => {
  assert.equal(formatsOf('en-GB').number(65_536), '65,536');
  assert.equal(formatsOf('de').number(65_536), '65.536');
});

test('the items of a list are escaped, and stand in their order', () => {
  const items = [html`<bdi>${'<1>'}</bdi>`, html`0`, html`2`];
  assert.equal(String(formatsOf('en-GB').list(items)), '<bdi>&lt;1&gt;</bdi>, 0 and 2');
  assert.equal(String(formatsOf('de').list(items.slice(0, 2))), '<bdi>&lt;1&gt;</bdi> und 0');
});
