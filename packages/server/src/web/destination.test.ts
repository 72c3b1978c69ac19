import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDestination } from './destination.ts';
import { securityHeaders } from './security-headers.ts';

test('a redirect URI is told apart by where it leads: this computer, an app on it, or elsewhere', () => {
  const cases = [
    ['http://127.0.0.1:53214/oauth/callback', { name: '127.0.0.1:53214', place: 'here' }],
    ['http://[::1]:8000/', { name: '[::1]:8000', place: 'here' }],
    ['http://localhost/cb', { name: 'localhost', place: 'here' }],
    ['https://tool.example/cb', { name: 'tool.example', place: 'elsewhere' }],
    ['https://127.0.0.1.evil.example/cb', { name: '127.0.0.1.evil.example', place: 'elsewhere' }],
    ['https://localhost:8443/cb', { name: 'localhost:8443', place: 'here' }],
    ['http://[::1]:80', { name: '[::1]', place: 'here' }],
    ['http://127.1/cb', { name: '127.0.0.1', place: 'here' }],
    ['http://0x7f000001:5000/cb', { name: '127.0.0.1:5000', place: 'here' }],
    ['HTTP://LOCALHOST:5000/cb', { name: 'localhost:5000', place: 'here' }],
    ['http://localhost.evil.com/cb', { name: 'localhost.evil.com', place: 'elsewhere' }],
    ['http://127.0.0.1.evil.com/cb', { name: '127.0.0.1.evil.com', place: 'elsewhere' }],
    ['https://LOCALHOST.evil.com/cb', { name: 'localhost.evil.com', place: 'elsewhere' }],
    ['https://localhost./cb', { name: 'localhost.', place: 'elsewhere' }], // some resolvers ask the network for it
    ['https://evil.localhost/cb', { name: 'evil.localhost', place: 'elsewhere' }], // and for it
    ['https://127.0.0.1@evil.com/cb', { name: 'evil.com', place: 'elsewhere' }],
    ['com.example.app:/cb', { name: 'com.example.app', place: 'app' }],
    ['com.evil.app://localhost/cb', { name: 'com.evil.app', place: 'app' }],
    ['com.evil.app://127.0.0.1:5000/cb', { name: 'com.evil.app', place: 'app' }],
    ['com.evil.app://[::1]/cb', { name: 'com.evil.app', place: 'app' }],
    ['COM.EVIL.APP://LOCALHOST/cb', { name: 'com.evil.app', place: 'app' }],
    ['localhost.app:/cb', { name: 'localhost.app', place: 'app' }],
  ] as const;
  for (const [redirectUri, destination] of cases)
    assert.deepEqual(parseDestination(redirectUri), destination);
});

test('a form may send the browser to its own redirect URI, and to nothing wider than it must', () => {
  const cases = [
    [undefined, "'self'"],
    ['http://127.0.0.1:53214/oauth/callback', "'self' http://127.0.0.1:53214"],
    ['http://[::1]:8000/cb', "'self' http://*:8000"],
    ['https://tool.example/cb', "'self' https://tool.example"],
    ['http://[::1]:80', "'self' http://*"],
    ['http://127.1:5000/cb', "'self' http://127.0.0.1:5000"],
    ['HTTP://LOCALHOST:5000/cb', "'self' http://localhost:5000"],
    ['com.example.app:/cb', "'self' com.example.app:"],
    ['com.evil.app://localhost/cb', "'self' com.evil.app:"],
    ['COM.EVIL.APP://LOCALHOST/cb', "'self' com.evil.app:"],
  ] as const;
  for (const [redirectUri, sources] of cases) {
    const policy =
      securityHeaders({ formRedirectUri: redirectUri })['content-security-policy']?.split('; ') ?? [];
    assert.ok(policy.includes(`form-action ${sources}`), policy.join('; '));
  }
});
