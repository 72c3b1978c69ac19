import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bytes, ClientRequest } from '@latchkey/wire';
import type { FeatureContext } from '../feature.ts';
import { setTemperature } from '../testing/thermostat.ts';
import { apiGateway } from './api-gateway.ts';
import { glacier } from './glacier.ts';
import { machineLearning } from './machine-learning.ts';
import { route53 } from './route53.ts';

const contextOf = (name: string, input: Record<string, unknown>): FeatureContext => ({
  operation: { ...setTemperature, name },
  input,
  version: '2012-06-01',
  isPresigned: false,
  customEndpoint: undefined,
  endpointSettings: undefined,
  setting: () => undefined,
});
const requestOf = (body: Bytes): ClientRequest => ({
  method: 'POST',
  path: '/',
  query: '',
  headers: {},
  body,
});
const bytes = (text: string) => new TextEncoder().encode(text);

test('API Gateway is asked for plain JSON, unless the caller asks for something else', async () => {
  const request = requestOf(bytes(''));
  const asked = async (headers: ClientRequest['headers']) =>
    (await apiGateway.request?.({ ...request, headers }, contextOf('GetExport', {})))?.headers['accept'];
  assert.equal(await asked({}), 'application/json');
  assert.equal(await asked({ accept: 'application/yaml' }), 'application/yaml');
});

test('Glacier takes the account of the caller when none is named', () => {
  const input = (given: Record<string, unknown>) => glacier.input?.(contextOf('ListVaults', given));
  assert.deepEqual(input({ accountId: '' }), { accountId: '-' });
  assert.deepEqual(input({}), { accountId: '-' });
  assert.deepEqual(input({ accountId: '123456789012' }), { accountId: '123456789012' });
});

test('Glacier is told the version, and of an upload both checksums', async () => {
  const context = contextOf('UploadArchive', {});
  const hash = 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9';
  const request = await glacier.request?.(requestOf(new Blob(['hello world']).stream()), context);
  assert.deepEqual(request?.headers, {
    'x-amz-glacier-version': '2012-06-01',
    'x-amz-content-sha256': hash,
    'x-amz-sha256-tree-hash': hash,
  });
});

test("Glacier's tree hash is of the hashes of each mebibyte", async () => {
  const body = new Uint8Array(2 * 1_048_576 + 1);
  const request = await glacier.request?.(requestOf(body), contextOf('UploadMultipartPart', {}));
  const sha256 = async (...parts: Uint8Array<ArrayBuffer>[]) =>
    new Uint8Array(await crypto.subtle.digest('SHA-256', await new Blob(parts).arrayBuffer()));
  const leaf = await sha256(new Uint8Array(1_048_576));
  const root = await sha256(await sha256(leaf, leaf), await sha256(new Uint8Array(1)));
  assert.equal(request?.headers['x-amz-sha256-tree-hash'], Buffer.from(root).toString('hex'));
});

test('a tree hash that the caller knows is kept', async () => {
  const given = { ...requestOf(bytes('hello world')), headers: { 'x-amz-sha256-tree-hash': 'known' } };
  const request = await glacier.request?.(given, contextOf('UploadArchive', {}));
  assert.equal(request?.headers['x-amz-sha256-tree-hash'], 'known');
});

test('a prediction goes to the endpoint of its model, and nothing else does', () => {
  const input = { PredictEndpoint: 'https://custom.example.com/' };
  assert.equal(machineLearning.endpoint?.(contextOf('Predict', input)), 'https://custom.example.com/');
  assert.equal(machineLearning.endpoint?.(contextOf('GetMLModel', input)), undefined);
});

test('ids go back to Route 53 as it wants them', () => {
  const input = {
    Id: '/change/C1',
    HostedZoneId: '/hostedzone/Z1',
    DelegationSetId: 'N1',
    Name: '/hostedzone/x',
  };
  assert.deepEqual(route53.input?.(contextOf('GetChange', input)), {
    Id: 'C1',
    HostedZoneId: 'Z1',
    DelegationSetId: 'N1',
    Name: '/hostedzone/x',
  });
});
