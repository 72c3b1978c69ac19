import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseReturnTo } from './return-to.ts';

test('signing in leads back to each of our own pages, with its query as it came', () => {
  for (const target of [
    '/',
    '/start',
    '/device',
    '/device?user_code=WDJB-MJHT',
    '/authorize?redirect_uri=http%3A%2F%2F127.0.0.1%3A5000%2Foauth%2Fcallback&scopes=sso:account:access',
  ]) {
    assert.equal(parseReturnTo(target), target);
  }
});

test('signing in never leads to another site, whatever the link says', () => {
  for (const target of [
    undefined,
    '',
    'https://evil.example/',
    '//evil.example/',
    '///evil.example/device',
    '/\\evil.example',
    '\\\\evil.example',
    '/device\\@evil.example',
    '/device/../../evil',
    '/deviceevil',
    '/device?user_code=A\r\nLocation: https://evil.example',
    '/device?\u2028',
    ' /device',
    '/\tdevice',
    '/device#user_code=A',
    '/sign-out',
    '/%2f/evil.example',
    'javascript:alert(1)',
    `/device?${'a'.repeat(9000)}`,
  ]) {
    assert.equal(parseReturnTo(target), '/', JSON.stringify(target));
  }
});

test('what signing in leads to resolves to our own origin and needs no escaping in a header', () => {
  const near = fc.string({ unit: fc.constantFrom(...'/\\?#:@.%device authorize\t\r\nevil'), maxLength: 40 });
  fc.assert(
    fc.property(fc.oneof(near, fc.string({ unit: 'binary' }), fc.webUrl()), (target) => {
      const location = parseReturnTo(target);
      assert.equal(new URL(location, 'https://sso.example').origin, 'https://sso.example');
      assert.match(location, /^[!-~]+$/);
    }),
  );
});
