import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ClientError, ClientErrorCode } from './client-error.ts';

test('every code of a ClientError is its own text, and says in editors what it means', () => {
  const source = readFileSync(new URL('./client-error.ts', import.meta.url), 'utf8');
  for (const [name, code] of Object.entries(ClientErrorCode)) {
    assert.equal(code, name);
    assert.match(source, new RegExp(`^  /\\*\\* [A-Z].*\\. \\*/\\n  ${name}: '${name}',$`, 'm'));
  }
});

test('an aborted call is told by the name that aborts have on the Web platform', () => {
  assert.equal(new ClientError('aborted', 'The call was aborted').name, 'AbortError');
  assert.equal(new ClientError('timedOut', 'The call took too long').name, 'ClientError');
});
