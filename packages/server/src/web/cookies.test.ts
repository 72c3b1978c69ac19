import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cookieName, renderCookie } from './cookies.ts';

const instanceId = 'ssoins-0123456789abcdef';

test('over https, cookies are secure and bound to this very host', () => {
  const instance = { instanceId, config: { baseUrl: 'https://sso.example.com' } };
  const name = cookieName(instance, 'session');
  assert.equal(name, '__Host-latchkey_session_ssoins-0123456789abcdef');
  assert.equal(
    renderCookie(instance, { name, value: 'lk_1', maxAgeSeconds: 60 }),
    `${name}=lk_1; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax`,
  );
});

test('over plain http, which is for loopback, browsers would refuse such cookies', () => {
  const instance = { instanceId, config: { baseUrl: 'http://localhost:8484' } };
  const name = cookieName(instance, 'form');
  assert.equal(name, 'latchkey_form_ssoins-0123456789abcdef_8484');
  assert.equal(
    renderCookie(instance, { name, value: 'abc', maxAgeSeconds: 60 }),
    `${name}=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Lax`,
  );
});

test('two instances on one host have cookies of other names, as browsers do not keep the cookies of ports apart', () => {
  const names = [
    { instanceId, config: { baseUrl: 'https://sso.example.com' } },
    { instanceId, config: { baseUrl: 'https://sso.example.com:8443' } },
    { instanceId: 'ssoins-0123456789abcdee', config: { baseUrl: 'https://sso.example.com' } },
    { instanceId: 'ssoins-0123456789abcdee', config: { baseUrl: 'https://sso.example.com:8443' } },
  ].flatMap((instance) => [cookieName(instance, 'session'), cookieName(instance, 'form')]);
  assert.equal(new Set(names).size, names.length);
});
