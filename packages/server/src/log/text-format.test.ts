import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyCharacter } from '../fixtures/any-character.ts';
import { renderLine } from './text-format.ts';

const time = new Date(2026, 0, 2, 3, 4, 5).getTime();
const render = (fields: object) => renderLine(JSON.stringify({ level: 30, time, msg: 'request', ...fields }));

test('a text log line has time, level, message and every other field by name', () => {
  const fields = { method: 'GET', path: '/device', status: 200, ms: 0.4, address: '2001:db8::1' };
  const line = '03:04:05 info  request method=GET path=/device status=200 ms=0.4 address=2001:db8::1\n';
  assert.equal(render(fields), line);
});

test('a text log line names its level', () => {
  const levels = { 20: 'debug', 30: 'info ', 40: 'warn ', 50: 'error' };
  for (const [level, name] of Object.entries(levels)) {
    assert.equal(
      renderLine(JSON.stringify({ level: Number(level), time, msg: 'x' })),
      `03:04:05 ${name} x\n`,
    );
  }
});

test('a text log line of an error has its stack trace', () => {
  assert.equal(
    render({ err: { stack: 'Error: x\n    at y' } }),
    '03:04:05 info  request\nError: x\n    at y\n',
  );
});

test('a text log line quotes a value with spaces or quotes', () => {
  assert.match(render({ clientName: 'my "laptop"' }), /clientName="my \\"laptop\\""\n$/);
  assert.match(render({ clientName: '' }), /clientName=""\n$/);
  assert.match(render({ userId: null }), /userId=null\n$/);
});

test('a text log line escapes a value that looks like another field or line, or colours the terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (clientName) => {
      const rendered = render({ clientName });
      assert.match(rendered, /^[ -~]+\n$/, 'one line of printable ASCII');
      const value = rendered.slice(rendered.indexOf('clientName=') + 'clientName='.length, -1);
      assert.equal(value.startsWith('"') ? JSON.parse(value) : value, clientName);
    }),
  );
  const forged = render({ clientName: 'x\n03:04:05 info  signInSucceeded userName=root' });
  assert.equal(forged.split('\n').length, 2);
});
