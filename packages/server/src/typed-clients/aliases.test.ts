import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findAlias } from './aliases.ts';

for (const [path, location] of [
  ['/latest', '/v0.4/services'],
  ['/latest/', '/v0.4/services'],
  ['/latest/services/sqs.ts', '/v0.4/services/sqs.ts'],
  ['/v0.1/services/sqs@2012-11-05.ts', '/v0.4/services/sqs@2012-11-05.ts'],
  ['/v0.2/services/', '/v0.4/services/'],
  ['/v0.3/services/mod.ts', '/v0.4/services/mod.ts'],
  ['/v0.5/client/mod.ts', '/v0.4/client/mod.ts'],
  ['/v0.5/client/credentials.ts', '/v0.4/client/credentials.ts'],
  ['/v0.5/extras/s3-upload.ts', '/v0.4/client/extras/s3-upload.ts'],
  ['/v0.4/extras/s3-presign.ts', '/v0.4/client/extras/s3-presign.ts'],
  ['/v0.5/docs/sqs/SQS', '/v0.4/docs/sqs/SQS'],
  ['/v0.4/sdk@v2.1323.0/sqs.ts', '/v0.4/services/sqs.ts'],
  ['/v0.3/sdk@v2.1060.0/mod.ts', '/v0.4/services/mod.ts'],
  ['/v0.3/sdk@v2.1060.0', '/v0.4/services'],
  ['/x/aws_api@v0.8.1/client/mod.ts', '/v0.4/client/mod.ts'],
  ['/x/aws_api@v0.8.1/services/s3/mod.ts', '/v0.4/services/s3.ts'],
  ['/x/aws_api/services/s3/structs.ts', '/v0.4/services/s3.ts'],
  ['/x/aws_api/extras/s3-upload.ts', '/v0.4/client/extras/s3-upload.ts'],
  ['/v0.4/services/sqs/mod.ts', '/v0.4/services/sqs.ts'],
  ['/v0.4', '/v0.4/services'],
  ['/v0.4/', '/v0.4/services'],
  ['/v0.4/docs/', '/v0.4/docs'],
  ['/v0.5/docs', '/v0.4/docs'],
  ['/v0.4/services/SSOOIDC@2019-06-10.ts', '/v0.4/services/ssooidc@2019-06-10.ts'],
  ['/v0.4/docs/STS/GetCallerIdentityRequest', '/v0.4/docs/sts/GetCallerIdentityRequest'],
  ['/v0.3/services/SQS.ts', '/v0.4/services/sqs.ts'],
  ['/x/aws_api/services/SQS/mod.ts', '/v0.4/services/sqs.ts'],
] as const) {
  test(`${path} of aws-api.deno.dev or aws_api is at ${location}`, () => {
    assert.equal(findAlias(path, '')?.location, location);
    assert.equal(findAlias(path, 'a=b&c[d]=e')?.location, `${location}?a=b&c[d]=e`);
  });
}

test('what is served where it was asked for is not redirected, and neither is what never was anything', () => {
  for (const path of [
    '/v0.4/services/sqs.ts',
    '/v0.4/client/mod.ts',
    '/v0.6/services/sqs.ts',
    '/latestnews',
    '/x/other',
  ]) {
    assert.equal(findAlias(path, ''), undefined, path);
  }
});

test('no path is redirected to another host, or twice', () => {
  for (const path of [
    '/latest//evil.example',
    '/v0.5//evil.example/',
    '/x/aws_api//evil.example',
    '/v0.1/\\evil',
  ]) {
    const { location = '' } = findAlias(path, '') ?? {};
    assert.equal(new URL(location, 'http://here').host, 'here', location);
    assert.match(location, /^\/v0\.4\//);
    assert.equal(findAlias(location, ''), undefined);
  }
});

test('characters that were encoded in a path are encoded in the redirect from it', () => {
  for (const [path, location] of [
    ['/v0.4/services/SQS/a?b#c', '/v0.4/services/sqs/a%3Fb%23c'],
    ['/v0.5/services/a?b#c.ts', '/v0.4/services/a%3Fb%23c.ts'],
    ['/latest/é\r\nx: y', '/v0.4/%C3%A9%0D%0Ax:%20y'],
    ['/v0.4/sdk@v2.1.0/a?\r\nb', '/v0.4/services/a%3F%0D%0Ab'],
    ['/v0.5/services/100%25.ts', '/v0.4/services/100%2525.ts'],
  ] as const) {
    const alias = findAlias(path, 'docs=full');
    assert.equal(alias?.location, `${location}?docs=full`);
    assert.doesNotMatch(alias?.warning ?? '', /[^\x20-\x7e]/, 'a header cannot have it');
  }
});

test('a program that wants a release of the AWS SDK for JavaScript is warned that there are no definitions of it', () => {
  assert.match(
    findAlias('/v0.4/sdk@v2.1323.0/sqs.ts', '')?.warning ?? '',
    /v2\.1323\.0.*\/v0\.4\/services\/sqs\.ts/,
  );
  assert.equal(findAlias('/v0.5/services/sqs.ts', '')?.warning, undefined);
});
