import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyCharacter } from '../fixtures/any-character.ts';
import { checkRedirectHost, isForeignRedirect } from './redirect-host.ts';

test('a redirect URI is foreign unless it leads to a program or an app on the browser\u2019s own computer', () => {
  for (const redirectUri of [
    'https://tool.example/cb',
    'https://203.0.113.7/cb',
    'https://localhost.example/cb',
    'https://127.0.0.1.example/cb',
    'https://[2001:db8::1]/cb',
  ]) {
    assert.equal(isForeignRedirect(redirectUri), true, redirectUri);
  }
  for (const redirectUri of [
    'http://127.0.0.1:5000/cb',
    'https://localhost/cb',
    'http://[::1]/cb',
    'com.example.app:/cb',
    'com.example.app://tool.example/cb',
  ]) {
    assert.equal(isForeignRedirect(redirectUri), false, redirectUri);
  }
});

test('a host is right however it is written', () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    'https://tool.example/cb?a=b': [
      'tool.example',
      'TOOL.Example',
      'tool.example.',
      ' tool.example\u00a0',
      'to\u200bol.\u00adexample\ufeff',
      '\uff54\uff4f\uff4f\uff4c\uff0e\uff45\uff58\uff41\uff4d\uff50\uff4c\uff45',
      'tool\u3002example',
      'https://tool.example/',
      'tool.example:443',
    ],
    'https://TOOL.example.:8443/cb': ['tool.example', 'tool.example:8443', 'tool.example.:8443'],
    'https://my-tool.example/cb': ['my-tool.example', 'my\u2013tool.example', 'my\u2212tool.example'],
    'https://xn--bcher-kva.example/cb': [
      'xn--bcher-kva.example',
      'b\u00fccher.example',
      'BU\u0308CHER.example',
    ],
    'https://b%C3%BCcher.example/cb': ['xn--bcher-kva.example', 'b\u00fccher.example'],
    'https://xn--mgba3gch31f060k.example/cb': [
      'xn--mgba3gch31f060k.example',
      '\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.example',
    ],
    'https://203.0.113.7/cb': ['203.0.113.7'],
    'https://[2001:db8::1]:8443/cb': ['2001:db8::1', '[2001:DB8:0::1]', '[2001:db8::1]:8443'],
  };
  for (const [redirectUri, hosts] of Object.entries(cases)) {
    for (const host of hosts) assert.equal(checkRedirectHost(redirectUri, host), 'right', host);
  }
});

test('another host is wrong, however much it looks like the right one', () => {
  for (const host of [
    'tool',
    'example',
    'tool.example.com',
    'xtool.example',
    'tool.example:8443',
    't\u043eol.example',
    'localhost',
  ]) {
    assert.equal(checkRedirectHost('https://tool.example/cb', host), 'wrong', host);
  }
});

test('what is no host is a slip', () => {
  const check = (typed: string) => checkRedirectHost('https://tool.example/cb', typed);
  for (const typed of ['', ' ', '\u200b\u200d', '\u2800']) assert.equal(check(typed), 'missing');
  for (const typed of [
    'tool.example/cb',
    'a@tool.example',
    'tool.example?',
    'tool.example#',
    '%74ool.example',
    '<>',
  ]) {
    assert.equal(check(typed), 'noHost', typed);
  }
});

test('only the host itself is right, whatever is typed', () => {
  const separators = /[\s\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter, maxLength: 24 }), (typed) => {
      if (checkRedirectHost('https://a.bc/cb', typed) !== 'right') return;
      const plain = typed.replace(separators, '').normalize('NFKC').toLowerCase();
      assert.match(plain, /^(https:\/\/)?a[.\u3002]bc[.\u3002]?(:0*443)?\/?$/u);
    }),
  );
});
