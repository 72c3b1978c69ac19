import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsIn } from './testing/load-text.ts';

test('a configuration with plain http beyond this machine is refused, and the message says what to do', async () => {
  const [exposed, unnamed] = await problemsIn('listen:\n  host: 0.0.0.0\n');
  assert.match(
    exposed ?? '',
    /^latchkey\.yaml:2:9: listen\.host: plain http .* read passwords.*; set tls, or trustedProxies/,
  );
  assert.match(unnamed ?? '', /:2:9: .*set baseUrl/);
  const [insecure] = await problemsIn('baseUrl: http://sso.example.com');
  assert.match(
    insecure ?? '',
    /^latchkey\.yaml:1:10: baseUrl: plain http .*expected https, or http on localhost$/,
  );

  assert.deepEqual(
    await problemsIn(
      'listen: { host: 0.0.0.0 }\nbaseUrl: https://sso.example.com\ntrustedProxies: [10.0.0.1]',
    ),
    [],
  );
  for (const host of ['localhost', '127.0.0.1', '127.8.9.10', '"::1"']) {
    assert.deepEqual(await problemsIn(`listen: { host: ${host} }`), []);
  }
});
