import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redactSecrets, redactTokens } from './redact.ts';

for (const [text, redacted] of [
  ['lk_at_AAECAwQFBgcICQoLDA0ODw', 'lk_at_***'],
  ['my lk_rt_AAEC-Aw_QF, and lk%5Fst%5FAAEC', 'my lk_rt_***, and lk%5Fst%5F***'],
  ['code BCDF-GHJK please', 'code *** please'],
  ['bcdf-ghjk', '***'],
  ['Bearer abc.def', 'Bearer ***'],
  ['authorization: Basic dXNlcjpwYXNz', 'authorization: Basic ***'],
  ['?code=abc&state=x', '?code=***&state=x'],
  ['refresh_token=abc; next', 'refresh_token=***; next'],
  ['clientSecret: abc', 'clientSecret: ***'],
  ['eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln', '***'],
  ['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', '***'],
  ['dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk', '***'],
] as const) {
  test(`${text} is logged as ${redacted}`, () => assert.equal(redactSecrets(text), redacted));
}

for (const text of [
  'botocore-client-dev',
  'AWS CLI on my-laptop-2024-corporate',
  'c1f6ae0b-34b1-8b14-8d3c-d3a6cbb0a3b1',
  '2001:db8:85a3:8d3:1319:8a2e:370:7348',
  'The database could not commit: disk I/O error',
]) {
  test(`${text} is logged as it is`, () => assert.equal(redactSecrets(text), text));
}

test('a line of the log has no token, also in the middle of a field', () => {
  const line = '{"path":"/x/lk_at_AAAA-_9/y","clientName":"lk_rt_BBBB"}';
  assert.equal(redactTokens(line), '{"path":"/x/lk_at_***/y","clientName":"lk_rt_***"}');
});
