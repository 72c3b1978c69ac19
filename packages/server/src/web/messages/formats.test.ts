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
    '<time datetime="2026-01-01T14:03:00.250Z">2 minutes ago, at 14:03 UTC</time>',
  );
  assert.match(shown(english, 1_000), />just now, at 14:05 UTC</);
  assert.match(shown(german, 130_000), />vor 2 Minuten, um 14:03 Uhr \(UTC\)</);
  assert.match(shown(german, 2 * 86_400_000), />vor 2 Tagen, um /);
  assert.match(shown(german, 1_000), />gerade eben, um 14:05 Uhr \(UTC\)</);
});

test('an instant to come is shown with the time that is left until it, never more than there is', () => {
  const endMs = Date.parse('2026-01-01T13:31:30.000Z');
  const shown = ({ device }: typeof english, leftSeconds: number) =>
    String(device.ends(endMs, endMs - leftSeconds * 1000));
  assert.match(
    shown(english, 599),
    /<time datetime="2026-01-01T13:31:30.000Z">in 9 minutes, at 13:31 UTC<\/time>/,
  );
  for (const [leftSeconds, words, worte] of [
    [600, 'in 10 minutes', 'in 10 Minuten'],
    [119, 'in 1 minute', 'in 1 Minute'],
    [59.9, 'in 59 seconds', 'in 59 Sekunden'],
    [0.2, 'in 1 second', 'in 1 Sekunde'],
    [3_599, 'in 59 minutes', 'in 59 Minuten'],
    [7_199, 'in 1 hour', 'in 1 Stunde'],
  ] as const) {
    assert.ok(shown(english, leftSeconds).includes(`>${words}, at 13:31 UTC<`), words);
    assert.ok(shown(german, leftSeconds).includes(`>${worte}, um 13:31 Uhr (UTC)<`), worte);
  }
});

test('a duration is said in the largest unit that fits', () => {
  const [inEnglish, inGerman] = [formatsOf('en-GB'), formatsOf('de')];
  for (const [seconds, words, worte] of [
    [0, '1 second', '1 Sekunde'],
    [45, '45 seconds', '45 Sekunden'],
    [60, '1 minute', '1 Minute'],
    [890, '15 minutes', '15 Minuten'],
    [3_600, '1 hour', '1 Stunde'],
    [28_800, '8 hours', '8 Stunden'],
    [7_776_000, '90 days', '90 Tage'],
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
