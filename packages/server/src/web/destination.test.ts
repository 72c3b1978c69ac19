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
    ['com.example.app:/cb', { name: 'com.example.app', place: 'app' }],
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
    ['com.example.app:/cb', "'self' com.example.app:"],
  ] as const;
  for (const [redirectUri, sources] of cases) {
    const policy = securityHeaders(redirectUri)['content-security-policy']?.split('; ') ?? [];
    assert.ok(policy.includes(`form-action ${sources}`), policy.join('; '));
  }
});
