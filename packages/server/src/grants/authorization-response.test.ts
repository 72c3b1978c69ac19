import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { authorizationResponse } from './authorization-response.ts';
import { checkRedirectUri } from './redirect-uri.ts';

const ISSUER = 'https://sso.example.com';
const ISS = 'iss=https%3A%2F%2Fsso.example.com';

test('an authorization response leaves the redirect URI as it was sent and appends to its query (RFC 6749 section 3.1.2)', () => {
  const cases: readonly [redirectUri: string, location: string][] = [
    ['http://127.0.0.1:5000/cb', `http://127.0.0.1:5000/cb?code=c&${ISS}`],
    ['http://127.0.0.1:5000', `http://127.0.0.1:5000?code=c&${ISS}`],
    ['https://a.example/cb?a=b%20c&d=e+f', `https://a.example/cb?a=b%20c&d=e+f&code=c&${ISS}`],
    ['https://a.example/cb?x', `https://a.example/cb?x&code=c&${ISS}`],
    ['https://a.example/cb?x=', `https://a.example/cb?x=&code=c&${ISS}`],
    ['https://a.example/cb?', `https://a.example/cb?code=c&${ISS}`],
    ['https://a.example/cb??', `https://a.example/cb??&code=c&${ISS}`],
    ['https://a.example/cb?x&', `https://a.example/cb?x&code=c&${ISS}`],
    ['https://a.example/cb?a=1&a=2&code=mine', `https://a.example/cb?a=1&a=2&code=mine&code=c&${ISS}`],
    ["https://a.example/cb?q='~*(%7e)", `https://a.example/cb?q='~*(%7e)&code=c&${ISS}`],
    ['https://A.example:443/%7Euser/./cb', `https://A.example:443/%7Euser/./cb?code=c&${ISS}`],
    ['com.example.app:/cb?to=%2Fhome', `com.example.app:/cb?to=%2Fhome&code=c&${ISS}`],
  ];
  for (const [redirectUri, location] of cases) {
    assert.equal(authorizationResponse(ISSUER, { redirectUri }, { code: 'c' }), location);
  }
});

test('every redirect URI that can be registered begins its authorization response, and the parameters are read back', () => {
  const visible = fc.constantFrom(
    ...Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)),
  );
  const rest = fc.string({ unit: visible, maxLength: 40 }).map((text) => text.replaceAll('#', ''));
  const base = fc.constantFrom(
    'http://127.0.0.1:5000',
    'https://a.example',
    'com.example.app:',
    'http://[::1]',
  );
  const query = fc.option(fc.string({ unit: fc.oneof(visible, fc.constantFrom(...'?&=+%')), maxLength: 40 }));
  const text = fc.string({ unit: 'grapheme', maxLength: 20 });
  fc.assert(
    fc.property(base, rest, query, text, text, (origin, path, search, code, state) => {
      const redirectUri = `${origin}/p${path}${search === null ? '' : `?${search.replaceAll('#', '')}`}`;
      checkRedirectUri(redirectUri);
      const location = authorizationResponse(ISSUER, { redirectUri, state }, { code });
      assert.ok(location.startsWith(redirectUri), location);
      const added = [...new URLSearchParams(location.slice(location.indexOf('?')))].slice(-3);
      assert.deepEqual(added, [
        ['code', code],
        ['state', state],
        ['iss', ISSUER],
      ]);
      assert.match(location, /^[!-~]+$/);
    }),
  );
});

test('an error description has only characters that RFC 6749 section 4.1.2.1 allows', () => {
  const description = 'The scope "a\u202e\\\u0000é" goes beyond: b';
  const answer = { error: 'invalid_scope', error_description: description };
  const location = authorizationResponse('https://i', { redirectUri: 'https://a/cb' }, answer);
  assert.equal(new URL(location).searchParams.get('error_description'), "The scope 'a????' goes beyond: b");
});
