import assert from 'node:assert/strict';
import { test } from 'node:test';
import { awsHostNames } from '../../private-names/host-names.ts';
import { explainFailure, renderPrivateNames } from './private-names.ts';

const names = {
  hosts: awsHostNames('eu-west-1'),
  address: '127.0.0.1',
  port: 443,
  env: { AWS_CA_BUNDLE: "/tmp/it's here/ca.pem", AWS_STS_REGIONAL_ENDPOINTS: 'regional' },
  [Symbol.asyncDispose]: async () => undefined,
};

test('the advice has a line for /etc/hosts, and variables as a shell reads them', () => {
  const advice = renderPrivateNames(names);
  const hosts = 'oidc.eu-west-1.amazonaws.com portal.sso.eu-west-1.amazonaws.com sts.eu-west-1.amazonaws.com';
  assert.ok(advice.includes(`\n127.0.0.1 ${hosts}\n`), advice);
  assert.ok(advice.includes("\nexport AWS_CA_BUNDLE='/tmp/it'\\''s here/ca.pem'\n"), advice);
  assert.match(advice, /\nexport AWS_STS_REGIONAL_ENDPOINTS=regional\n$/);
});

test('the advice says to lead port 443 to another port, where there is another', () => {
  assert.doesNotMatch(renderPrivateNames(names), /lead that port/);
  assert.match(
    renderPrivateNames({ ...names, port: 8443 }),
    /^Clients call port 443: lead that port of 127\.0\.0\.1 to port 8443\.$/m,
  );
});

test('a port that cannot be had is explained, with two ways out', () => {
  const cases = {
    EADDRINUSE:
      /^Private names: another program listens on port 443 of localhost\. Start .* --private-names 8443/,
    EACCES: /^Private names: this user may not listen on port 443\. Start .* --private-names 8443/,
  };
  for (const [code, expected] of Object.entries(cases)) {
    assert.match(explainFailure(Object.assign(new Error('listen'), { code }), 'localhost', 443), expected);
  }
});

test('any other failure is told as it is', () => {
  assert.equal(
    explainFailure(new RangeError('not here'), 'localhost', 443),
    'Private names: RangeError: not here',
  );
});
