import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkRedirectUri, isRegisteredRedirectUri } from './redirect-uri.ts';
import { assertRefused } from './testing/steps.ts';

describe('a redirect URI can be registered', () => {
  const allowed = [
    'http://127.0.0.1/oauth/callback',
    'http://127.0.0.1',
    'http://127.0.0.1:8080/cb?from=latchkey',
    'http://[::1]/oauth/callback',
    'http://localhost:3000/',
    'https://app.example.com/callback',
    'https://xn--bcher-kva.example/callback',
    'https://192.0.2.1:8443/callback',
    'https://[2001:db8::1]/callback',
    'com.example.app:/oauth/callback',
    'com.example.app://oauth',
    'com.example.app://localhost/cb',
    'http://127.1/cb', // browsers read it as 127.0.0.1
    'HTTP://LOCALHOST/cb',
    'http://[::1]:80',
  ];
  for (const uri of allowed) test(uri, () => checkRedirectUri(uri));
});

describe('a redirect URI cannot be registered', () => {
  const refused: readonly [uri: string, reason: RegExp][] = [
    ['/callback', /not an absolute URI/],
    ['', /not an absolute URI/],
    ['http://', /not an absolute URI/],
    ['https://app.example.com/cb#here', /has a fragment/],
    ['https://app.example.com/cb#', /has a fragment/],
    ['https://user@app.example.com/cb', /user name or password/],
    ['https://app.example.com;sandbox/cb', /host is not made of/],
    ['https://*', /host is not made of/],
    ['https:evil.example/cb', /not followed by \/\/ and a host/],
    ['https:/evil.example/cb', /not followed by \/\/ and a host/],
    ['https:///evil.example/cb', /not followed by \/\/ and a host/],
    ['http:localhost/cb', /not followed by \/\/ and a host/],
    ['https:\\\\evil.example', /not followed by \/\/ and a host/],
    ['https://localhost\\@evil.example/cb', /backslash/],
    ["https://'self'/cb", /host is not made of/],
    ['https://a,b/cb', /host is not made of/],
    ['http://127.0.0.1:1234/x y', /must be percent-encoded/],
    ['https://bücher.example/cb', /must be percent-encoded/],
    ['com.example.app:/c b', /must be percent-encoded/],
    ['https://:secret@app.example.com/cb', /user name or password/],
    ['http://app.example.com/cb', /plain http is for 127\.0\.0\.1/],
    ['http://127.0.0.1.example.com/cb', /plain http/],
    ['http://127.0.0.1@example.com/cb', /user name or password/],
    ['http://localhost.example.com/cb', /plain http/],
    ['http://192.0.2.1/cb', /plain http/],
    ['http://localhost./cb', /plain http/],
    ['http://evil.localhost/cb', /plain http/],
    ['http://localhost.evil.com/cb', /plain http/],
    ['http://127.0.0.1.evil.com/cb', /plain http/],
    ['localhost://localhost/cb', /one with a dot in it/],
    ['http://0.0.0.0/cb', /plain http/],
    ['javascript:alert(1)', /scheme must be https/],
    ['data:text/html,x', /scheme must be https/],
    ['file:///etc/passwd', /scheme must be https/],
    ['myapp://callback', /one with a dot in it/],
  ];
  for (const [uri, reason] of refused) {
    test(uri || '(empty)', () => assertRefused(() => checkRedirectUri(uri), 'invalid_redirect_uri', reason));
  }
});

describe('RFC 8252 section 7.3: on loopback, and only there, the port may vary', () => {
  const same: readonly [registered: string, used: string][] = [
    ['http://127.0.0.1/oauth/callback', 'http://127.0.0.1:41234/oauth/callback'],
    ['http://127.0.0.1:1/cb', 'http://127.0.0.1:65535/cb'],
    ['http://127.0.0.1:1/cb', 'http://127.0.0.1/cb'],
    ['http://127.0.0.1', 'http://127.0.0.1:41234'],
    ['http://[::1]/cb', 'http://[::1]:41234/cb'],
    ['http://localhost/cb', 'http://localhost:41234/cb'],
    ['http://127.0.0.1/cb?a=b', 'http://127.0.0.1:41234/cb?a=b'],
    ['https://app.example.com/cb', 'https://app.example.com/cb'],
  ];
  for (const [registered, used] of same) {
    test(`${registered} covers ${used}`, () =>
      assert.ok(isRegisteredRedirectUri(used, ['https://a/', registered])));
  }
  const different: readonly [registered: string, used: string][] = [
    ['http://127.0.0.1/cb', 'http://127.0.0.1:41234/other'],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:41234/cb/'],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:41234/cb?code=x'],
    ['http://127.0.0.1/cb', 'http://localhost:41234/cb'],
    ['http://127.0.0.1/cb', 'http://[::1]:41234/cb'],
    ['http://127.0.0.1/cb', 'https://127.0.0.1:41234/cb'],
    ['http://127.0.0.1/cb', 'HTTP://127.0.0.1:41234/cb'],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:41234@example.com/cb'],
    ['http://127.0.0.1/cb', 'http://127.0.0.1.example.com/cb'],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:41234#/cb'],
    ['http://127.0.0.1', 'http://127.0.0.1:41234/'],
    ['https://app.example.com/cb', 'https://app.example.com:8443/cb'],
    ['https://app.example.com/cb', 'https://APP.example.com/cb'],
    ['https://app.example.com/cb', 'https://app.example.com/cb/../admin'],
    ['com.example.app://localhost/cb', 'com.example.app://localhost:41234/cb'],
    ['http://127.1/cb', 'http://127.1:41234/cb'],
    ['http://127.0.0.1/cb', 'http://127.1:41234/cb'],
    ['http://localhost/cb', 'http://localhost.:41234/cb'],
    ['http://localhost/cb', 'http://LOCALHOST:41234/cb'],
  ];
  for (const [registered, used] of different) {
    test(`${registered} does not cover ${used}`, () =>
      assert.ok(!isRegisteredRedirectUri(used, [registered])));
  }
  test('a client without redirect URIs has none', () =>
    assert.ok(!isRegisteredRedirectUri('https://a/', [])));
});
