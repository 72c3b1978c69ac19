import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { Metrics } from '../http/metrics.ts';
import { logAudit } from './log-audit.ts';

test('an event is one log line with what, who and from where, and is counted', () => {
  const lines: string[] = [];
  const metrics = new Metrics();
  const logger = pino({ base: null, timestamp: false }, { write: (line) => void lines.push(line) });
  const audit = logAudit({ logger, flushSoon() {}, close() {} }, metrics);
  const origin = { address: '198.51.100.7', userAgent: 'a browser', requestId: 'request-1' };
  audit.record({ event: 'signedOut', userId: 'user-1', userName: 'alice' }, origin);
  assert.deepEqual(
    lines.map((line) => JSON.parse(line)),
    [
      {
        level: 30,
        audit: 'signedOut',
        userId: 'user-1',
        userName: 'alice',
        address: '198.51.100.7',
        requestId: 'request-1',
        msg: 'signedOut',
      },
    ],
  );
  assert.match(metrics.render(), /latchkey_audit_events_total\{event="signedOut"\} 1/);
});
