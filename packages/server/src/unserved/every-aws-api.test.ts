import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ProtocolName } from '@latchkey/wire';
import { origin } from '../fixtures/test-context.ts';
import { ssoService } from '../generated/sso.ts';
import { ssoOidcService } from '../generated/sso-oidc.ts';
import { stsService } from '../generated/sts.ts';
import type { IncomingRequest } from '../http/route.ts';
import type { ErrorForm } from './error-forms.ts';
import { findUnservedCall } from './unserved-call.ts';

const folder = new URL('../../../../../shared/api-models-aws/', import.meta.url);
const skip = existsSync(folder) ? false : '../shared/api-models-aws is not here';

const served = [ssoOidcService, ssoService, stsService];

type Traits = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
interface Shape {
  readonly type: string;
  readonly version?: string;
  readonly traits?: Traits;
}

interface PublishedApi {
  readonly name: string;
  readonly protocol: ProtocolName;
  readonly signingName: string | undefined;
  readonly version: string;
  readonly target: string;
  readonly noErrorWrapping: boolean;
  readonly operations: readonly { readonly name: string; readonly method: string; readonly path: string }[];
}

const protocolTrait = /^aws\.protocols#(restJson1|restXml|awsJson1_0|awsJson1_1|awsQuery|ec2Query)$/;

function readApi(file: string): PublishedApi {
  const { shapes } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  const all = Object.entries(shapes as Readonly<Record<string, Shape>>);
  const [id, { traits = {}, version = '' }] =
    all.find(([, { type }]) => type === 'service') ?? assert.fail(file);
  const protocol = Object.keys(traits).find((trait) => protocolTrait.test(trait)) ?? assert.fail(file);
  return {
    name: String(traits['aws.api#service']?.['sdkId']),
    protocol: protocol.replace('aws.protocols#', '') as ProtocolName,
    signingName: traits['aws.auth#sigv4']?.['name'] as string | undefined,
    version,
    target: id.replace(/.*#/, ''),
    noErrorWrapping: traits['aws.protocols#restXml']?.['noErrorWrapping'] === true,
    operations: all
      .filter(([, { type }]) => type === 'operation')
      .map(([operation, shape]) => ({
        name: operation.replace(/.*#/, ''),
        method: String(shape.traits?.['smithy.api#http']?.['method'] ?? 'POST'),
        path: String(shape.traits?.['smithy.api#http']?.['uri'] ?? '/').replace(/\{[^}]*\}/g, 'x'),
      })),
  };
}

function isQueryProtocol(protocol: ProtocolName): boolean {
  return protocol === 'awsQuery' || protocol === 'ec2Query';
}

/** A call of an operation, signed as AWS's SDKs sign it, as far as its protocol shows in it. */
function callOf(
  api: PublishedApi,
  { name, method, path }: PublishedApi['operations'][number],
): IncomingRequest {
  const { protocol, signingName, version, target } = api;
  const isQuery = isQueryProtocol(protocol);
  const [onlyPath = '', query = ''] = path.split('?');
  return {
    method,
    path: protocol.startsWith('rest') ? onlyPath : '/',
    query,
    headers: {
      'amz-sdk-invocation-id': '0d8cd1cc-5d3c-4fd7-8fb1-05a6b3b1a5a5',
      authorization: 'Bearer token',
      ...(signingName && {
        authorization: `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260101/us-east-1/${signingName}/aws4_request, SignedHeaders=host, Signature=0`,
      }),
      ...(protocol.startsWith('awsJson') && {
        'content-type': `application/x-amz-json-${protocol === 'awsJson1_0' ? '1.0' : '1.1'}`,
        'x-amz-target': `${target}.${name}`,
      }),
      ...(isQuery && { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }),
      ...(protocol === 'restJson1' && method !== 'GET' && { 'content-type': 'application/json' }),
    },
    body: Buffer.from(isQuery ? `Action=${name}&Version=${version}` : ''),
    origin,
    oversized: false,
  };
}

test('every operation of every AWS API that is not here is answered in the protocol of its API', {
  skip,
}, () => {
  const apis = globSync('*/service/*/*.json', { cwd: folder }).map(readApi);
  assert.ok(apis.length > 300, `${apis.length} APIs`);
  for (const api of apis) {
    if (['SSO OIDC', 'SSO', 'STS'].includes(api.name)) continue;
    const expected: ErrorForm = api.noErrorWrapping ? 's3' : api.protocol;
    for (const operation of api.operations) {
      const call = findUnservedCall(callOf(api, operation), served);
      // Signed with a bearer token, or not at all, a call in restJson1 is what the server takes any other request for.
      if (call === undefined && api.protocol === 'restJson1' && api.signingName === undefined) continue;
      assert.equal(call?.form, expected, `${api.name} ${operation.name}`);
      if (!isQueryProtocol(api.protocol)) continue;
      for (const signingName of [api.signingName, undefined]) {
        const request = { ...callOf({ ...api, signingName }, operation), path: '/start/' };
        const below = findUnservedCall(request, served);
        assert.equal(below?.form, expected, `${api.name} ${operation.name} at an endpoint with a path`);
      }
    }
  }
});

test('every operation of the APIs that are here is left to them, also those of AWS that are not', {
  skip,
}, () => {
  for (const name of ['sso-oidc', 'sso', 'sts']) {
    const [file = ''] = globSync(`${name}/service/*/*.json`, { cwd: folder });
    const api = readApi(file);
    for (const operation of api.operations) {
      for (const signingName of [api.signingName, undefined]) {
        const call = findUnservedCall(callOf({ ...api, signingName }, operation), served);
        assert.equal(call, undefined, `${name} ${operation.name}`);
        if (!isQueryProtocol(api.protocol)) continue;
        const request = { ...callOf({ ...api, signingName }, operation), path: '/start/' };
        assert.equal(
          findUnservedCall(request, served),
          undefined,
          `${operation.name} at an endpoint with a path`,
        );
      }
    }
  }
});
