import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { durationPattern, parseDuration } from './duration.ts';

test('durations are parsed in short notation and in ISO 8601', () => {
  const seconds = {
    '60s': 60,
    '15m': 900,
    '8h': 28_800,
    '90d': 7_776_000,
    '1h30m': 5_400,
    '0s': 0,
    PT1H: 3_600,
    PT15M: 900,
    P90D: 7_776_000,
    P1DT12H30M5S: 131_405,
  };
  for (const [text, expected] of Object.entries(seconds)) assert.equal(parseDuration(text), expected, text);
});

test('a text without unit, with months, fractions, spaces or units in wrong order is no duration', () => {
  const refused = [
    '',
    '60',
    'm',
    '1M',
    '1.5h',
    '1 h',
    '30m1h',
    '-1h',
    'P',
    'PT',
    'P1DT',
    'P1M',
    'P1Y',
    'PT1.5H',
    '1h\n',
  ];
  for (const text of refused) assert.equal(parseDuration(text), undefined, text);
});

test('the published pattern of durations accepts exactly the texts that are parsed', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'0123456789dhmsPTDHMS') });
  fc.assert(
    fc.property(letters, (text) => durationPattern.test(text) === (parseDuration(text) !== undefined)),
  );
});
