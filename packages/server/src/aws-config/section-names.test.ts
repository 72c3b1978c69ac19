import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSectionNames } from './section-names.ts';

const origins = [
  'http://localhost:8484',
  'http://localhost:9000',
  'http://localhost',
  'https://localhost',
  'http://127.0.0.1:8484',
  'http://[::1]:8484',
  'https://[2001:db8::1]',
  'https://[2001:db8::1]:8443',
  'https://sso.example.com',
  'https://sso.example.com:8443',
  'http://sso.example.com',
  'https://sso.example.org',
  'https://latchkey',
  'https://xn--bcher-kva.example',
  "https://it's",
  'https://it+27s',
];

test('the sections of the instance that everybody begins with are called latchkey, those of others by their host', () => {
  const called = Object.fromEntries(origins.map((origin) => [origin, defaultSectionNames(origin).session]));
  assert.deepEqual(called, {
    'http://localhost:8484': 'latchkey',
    'http://localhost:9000': 'localhost:9000',
    'http://localhost': 'localhost:80',
    'https://localhost': 'localhost',
    'http://127.0.0.1:8484': '127.0.0.1:8484',
    'http://[::1]:8484': 'ipv6---1:8484',
    'https://[2001:db8::1]': 'ipv6-2001-db8--1',
    'https://[2001:db8::1]:8443': 'ipv6-2001-db8--1:8443',
    'https://sso.example.com': 'sso.example.com',
    'https://sso.example.com:8443': 'sso.example.com:8443',
    'http://sso.example.com': 'sso.example.com:80',
    'https://sso.example.org': 'sso.example.org',
    'https://latchkey': 'latchkey:443',
    'https://xn--bcher-kva.example': 'xn--bcher-kva.example',
    "https://it's": 'it+27s',
    'https://it+27s': 'it+2b27s',
  });
});

test('two instances have no name in common, and every name is one that all clients take', () => {
  const all = origins.map(defaultSectionNames);
  for (const kind of ['session', 'services', 'profileSuffix'] as const) {
    assert.equal(new Set(all.map((names) => names[kind].toLowerCase())).size, origins.length);
    for (const names of all) assert.match(names[kind], /^[\w.@:+-]*$/);
  }
});
