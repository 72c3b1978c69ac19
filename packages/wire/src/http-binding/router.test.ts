import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { library } from '../fixtures/library.ts';
import { jsonRequest } from '../fixtures/messages.ts';
import type { ServiceSchema } from '../schema.ts';
import { compileRouter } from './router.ts';

const route = compileRouter(
  serviceOf({
    Token: 'POST /token',
    TokenWithIam: 'POST /token?aws_iam=t',
    ListBuckets: 'GET /',
    GetBucket: 'GET /{bucket}',
    GetObject: 'GET /{bucket}/{key+}',
    GetAcl: 'GET /{bucket}/{key+}?acl',
    GetVersion: 'GET /{bucket}/versions/{version}',
    GetPlus: 'GET /a.b+c/{id}/end',
  }),
);

describe('a request is routed', () => {
  for (const [request, operation] of Object.entries({
    'POST /token': 'Token',
    'POST /token?aws_iam=t': 'TokenWithIam',
    'POST /token?x=1&aws_iam=t': 'TokenWithIam',
    'POST /token?aws_iam=f': 'Token',
    'POST /token?%zz': 'Token',
    'GET /token': 'GetBucket',
    'GET /': 'ListBuckets',
    'GET /bucket/a/b/c': 'GetObject',
    'GET /bucket/a?acl': 'GetAcl',
    'GET /bucket/a?acl=': 'GetAcl',
    'GET /bucket/versions/7': 'GetVersion',
    'GET /bucket/versions/7?acl': 'GetVersion',
    'GET /a.b+c/1/end': 'GetPlus',
    'GET /aXbbc/1/end': 'GetObject',
    'POST /token/': undefined,
    'PUT /token': undefined,
    'POST //token': undefined,
    'POST /TOKEN': undefined,
    'GET //': undefined,
  })) {
    test(`${request} to ${operation ?? 'nothing'}`, () => {
      const [method = '', target = ''] = request.split(' ');
      const [path = '', query = ''] = target.split('?');
      assert.equal(route({ ...jsonRequest(path, ''), method, query })?.name, operation);
    });
  }
});

test('an operation without http trait cannot be routed', () => {
  const { http: _, ...operation } = library.operations['Close'] ?? assert.fail();
  const service = { ...library, operations: { Close: operation } };
  assert.throws(() => compileRouter(service), /Cannot route Close: it has no http trait/);
});

function serviceOf(routes: Readonly<Record<string, string>>): ServiceSchema {
  const template = library.operations['Close'] ?? assert.fail();
  const operations = Object.entries(routes).map(([name, route]) => {
    const [method = '', uri = ''] = route.split(' ');
    return [name, { ...template, name, http: { method, uri, code: 200 } }];
  });
  return { ...library, operations: Object.fromEntries(operations) };
}
