import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { close, library, search } from '../fixtures/library.ts';
import { received, wholeClient } from '../fixtures/messages.ts';
import { refusalOf } from '../fixtures/refusal-of.ts';
import { rpcv2CborClient } from './client.ts';
import { rpcv2CborServer } from './server.ts';

const client = wholeClient(rpcv2CborClient(library));
const server = rpcv2CborServer({ ...library, protocol: 'rpcv2Cbor' });
const request = client.renderInput(search, { word: 'ab' });

describe('rpcv2Cbor client', () => {
  test('names service and operation in the path, and the protocol in a header', () => {
    assert.deepEqual([request.method, request.path], ['POST', '/service/Library/operation/Search']);
    assert.deepEqual(request.headers, {
      'smithy-protocol': 'rpc-v2-cbor',
      accept: 'application/cbor',
      'content-type': 'application/cbor',
    });
  });

  test('sends no body where there is no input', () => {
    const { body, headers } = client.renderInput(close, {});
    assert.deepEqual([body.length, headers['content-type']], [0, undefined]);
  });

  test('refuses an answer that is not of the protocol', () => {
    const response = { status: 200, headers: {}, body: new Uint8Array() };
    assert.equal(refusalOf(() => client.parseOutput(search, response)).code, 'malformed');
  });

  test('reads an error from whoever answered it', () => {
    const body = new TextEncoder().encode('<html>Bad gateway</html>');
    assert.equal(client.parseError(search, { status: 502, headers: {}, body }).name, 'Unknown');
  });
});

describe('rpcv2Cbor server', () => {
  test('finds the operation by the path, wherever it is served', () => {
    assert.equal(server.match(request), search);
    assert.equal(server.match({ ...request, path: `/base${request.path}` }), search);
    for (const path of ['/', '/service/Other/operation/Search', '/service/Library/operation/toString']) {
      assert.equal(server.match({ ...request, path }), undefined, path);
    }
  });

  test('takes no request of another protocol', () => {
    assert.equal(server.match({ ...request, headers: { 'content-type': 'application/cbor' } }), undefined);
    const headers = { ...request.headers, 'content-type': 'application/json' };
    assert.equal(
      refusalOf(() => server.parseInput(search, { ...request, headers })).code,
      'unsupportedMediaType',
    );
  });

  test('refuses a value of another type with its place', () => {
    const body = Uint8Array.of(0xa1, 0x64, 0x77, 0x6f, 0x72, 0x64, 0x01);
    const refusal = refusalOf(() => server.parseInput(search, { ...request, body }));
    assert.equal(refusal.message, "Cannot read '/word': found a number, expected a string");
  });

  test('answers an operation without output with no body and no content type', () => {
    const { body, headers } = received(server.renderOutput(close, {}, { requestId: 'r' }));
    assert.deepEqual(
      [body.length, headers],
      [0, { 'smithy-protocol': 'rpc-v2-cbor', 'x-amzn-requestid': 'r' }],
    );
  });
});
