import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Misfit } from '../misfit.ts';
import type { TimestampFormat } from './timestamp.ts';
import { parseTimestamp, renderTimestamp } from './timestamp.ts';

const instant = new Date('2014-04-29T18:30:38Z');

describe('a timestamp', () => {
  for (const [format, text] of [
    ['date-time', '2014-04-29T18:30:38Z'],
    ['epoch-seconds', '1398796238'],
    ['http-date', 'Tue, 29 Apr 2014 18:30:38 GMT'],
  ] as const) {
    test(`is written and read as ${format}`, () => {
      assert.equal(renderTimestamp(instant, format), text);
      assert.deepEqual(parseTimestamp(text, format, 'server'), instant);
    });
  }

  test('keeps its milliseconds where the format has a place for them', () => {
    const exact = new Date(1_398_796_238_123);
    assert.equal(renderTimestamp(exact, 'date-time'), '2014-04-29T18:30:38.123Z');
    assert.equal(renderTimestamp(exact, 'epoch-seconds'), '1398796238.123');
    assert.deepEqual(parseTimestamp('2014-04-29T18:30:38.123456Z', 'date-time', 'server'), exact);
    assert.deepEqual(parseTimestamp('1398796238.123', 'epoch-seconds', 'server'), exact);
    assert.deepEqual(parseTimestamp('Tue, 29 Apr 2014 18:30:38.123 GMT', 'http-date', 'client'), exact);
  });

  test('with an offset is read by clients only', () => {
    assert.deepEqual(parseTimestamp('2014-04-29T19:30:38+01:00', 'date-time', 'client'), instant);
    assert.deepEqual(parseTimestamp('2014-04-29T16:00:38-02:30', 'date-time', 'client'), instant);
    assert.throws(() => parseTimestamp('2014-04-29T19:30:38+01:00', 'date-time', 'server'), Misfit);
  });

  for (const [format, texts] of Object.entries({
    'date-time': [
      '2014-02-30T00:00:00Z',
      '2014-04-29 18:30:38Z',
      '2014-04-29T18:30:38',
      '2014-04-29',
      '1398796238',
      '',
    ],
    'epoch-seconds': ['', 'NaN', 'Infinity', '1e999', '0x10', '1.', '2014-04-29T18:30:38Z'],
    'http-date': [
      'Tue, 29 Foo 2014 18:30:38 GMT',
      'Tue, 31 Feb 2014 18:30:38 GMT',
      '29 Apr 2014 18:30:38 GMT',
      '',
    ],
  })) {
    for (const text of texts) {
      test(`is not read from '${text}' as ${format}`, () => {
        assert.throws(() => parseTimestamp(text, format as TimestampFormat, 'server'), Misfit);
      });
    }
  }

  test('must be a valid date to be written', () => {
    assert.throws(() => renderTimestamp(new Date(Number.NaN), 'date-time'), Misfit);
    assert.throws(() => renderTimestamp('2014-04-29', 'date-time'), Misfit);
  });
});
