import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsToServe } from './testing/load-text.ts';

const https = 'baseUrl: https://sso.example.com\n';

test('an https baseUrl over plain http is refused, unless the proxy in front is named', async () => {
  const [problem, ...others] = await problemsToServe(https);
  assert.match(
    problem ?? '',
    /^latchkey\.yaml:1:10: baseUrl: people come by https, .* set trustedProxies to its address \(127\.0\.0\.1 and ::1 for one on this machine\), or set tls$/,
  );
  assert.deepEqual(others, []);
  for (const host of ['localhost', '127.0.0.1', '"::1"']) {
    assert.equal((await problemsToServe(`${https}listen: { host: ${host} }`)).length, 1, host);
  }
  assert.deepEqual(await problemsToServe(`${https}trustedProxies: [127.0.0.1]`), []);
  assert.deepEqual(await problemsToServe(https, { LATCHKEY_TRUSTED_PROXIES: '127.0.0.1,::1' }), []);
  assert.deepEqual(
    (await problemsToServe('', { LATCHKEY_BASE_URL: 'https://localhost:8443' })).map((each) =>
      each.slice(0, 34),
    ),
    ['LATCHKEY_BASE_URL: baseUrl: people'],
  );
});

test('an http baseUrl, or none, needs no proxy', async () => {
  for (const settings of ['', 'baseUrl: http://localhost:8484']) {
    assert.deepEqual(await problemsToServe(settings), [], settings);
  }
});

test('plain http beyond this machine is one problem, not two', async () => {
  const problems = await problemsToServe(`${https}listen: { host: 0.0.0.0 }`);
  assert.deepEqual(
    problems.map((problem) => /: (\S+): /.exec(problem)?.[1]),
    ['listen.host'],
  );
});
