import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cookieName, renderCookie } from './cookies.ts';

test('over https, cookies are secure and bound to this very host', () => {
  const config = { baseUrl: 'https://sso.example.com' };
  assert.equal(cookieName(config, 'session'), '__Host-latchkey_session');
  assert.equal(
    renderCookie(config, { kind: 'session', value: 'lk_1', maxAgeSeconds: 60 }),
    '__Host-latchkey_session=lk_1; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax',
  );
});

test('over plain http, which is for loopback, browsers would refuse such cookies', () => {
  assert.equal(
    renderCookie({ baseUrl: 'http://localhost:8484' }, { kind: 'form', value: 'abc' }),
    'latchkey_form=abc; Path=/; HttpOnly; SameSite=Lax',
  );
});
