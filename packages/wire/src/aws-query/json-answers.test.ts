import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { library } from '../fixtures/library.ts';
import { postOffice, send } from '../fixtures/post-office.ts';
import type { OperationSchema, ServiceSchema } from '../schema.ts';
import { awsQueryServer } from './server.ts';

const server = awsQueryServer(postOffice);
const asJson = { requestId: 'request-1', accept: 'application/json' };
const jsonHeaders = { 'content-type': 'application/json', 'x-amzn-requestid': 'request-1' };

describe('awsQuery server, asked for JSON, renders', () => {
  test('a result inside a response, a timestamp as seconds since the epoch', () => {
    const output = {
      Items: [{ Name: 'a<"b', Weight: 1, Parts: [] }],
      Stamps: ['x', 'y'],
      Tags: { k: 'v' },
      At: new Date('2026-01-02T03:04:05.500Z'),
      Note: '',
    };
    const { status, headers, body } = server.renderOutput(send, output, asJson);
    assert.equal(status, 200);
    assert.deepEqual(headers, jsonHeaders);
    assert.deepEqual(JSON.parse(String(body)), {
      SendResponse: {
        SendResult: { ...output, At: Date.parse('2026-01-02T03:04:05.500Z') / 1000 },
        ResponseMetadata: { RequestId: 'request-1' },
      },
    });
  });

  test('every type of value in its form of JSON', () => {
    const show: OperationSchema = {
      name: 'Show',
      auth: [],
      errors: [],
      input: { type: 'structure', name: 'ShowInput', members: {} },
      output: {
        type: 'structure',
        name: 'ShowOutput',
        members: {
          blob: { target: { type: 'blob' } },
          boolean: { target: { type: 'boolean' } },
          double: { target: { type: 'double' } },
          notANumber: { target: { type: 'double' } },
          long: { target: { type: 'long' } },
          dateTime: { target: { type: 'timestamp' }, traits: { timestampFormat: 'date-time' } },
          renamed: { target: { type: 'string' }, traits: { xmlName: 'Other', jsonName: 'another' } },
        },
      },
    };
    const service: ServiceSchema = { ...library, protocol: 'awsQuery', operations: { Show: show } };
    const output = {
      blob: Uint8Array.of(1, 2),
      boolean: false,
      double: 1.5,
      notANumber: Number.NaN,
      long: 9_007_199_254_740_993n,
      dateTime: new Date('2026-01-02T03:04:05Z'),
      renamed: 'x',
    };
    const { body } = awsQueryServer(service).renderOutput(show, output, asJson);
    assert.equal(
      body,
      '{"ShowResponse":{"ShowResult":{"blob":"AQI=","boolean":false,"double":1.5,"notANumber":"NaN",' +
        '"long":9007199254740993,"dateTime":"2026-01-02T03:04:05Z","renamed":"x"},' +
        '"ResponseMetadata":{"RequestId":"request-1"}}}',
    );
  });

  test('no result for an operation without output', () => {
    const ping = postOffice.operations['Ping'] ?? assert.fail();
    assert.equal(
      server.renderOutput(ping, {}, asJson).body,
      '{"PingResponse":{"ResponseMetadata":{"RequestId":"request-1"}}}',
    );
  });

  test('an error by its code, who is at fault, and its members', () => {
    const error = { name: 'TooHeavyException', message: '5 > "3"', members: { message: 'x', Limit: 3 } };
    const { status, headers, body } = server.renderError(error, asJson);
    assert.equal(status, 413);
    assert.deepEqual(headers, jsonHeaders);
    assert.deepEqual(JSON.parse(String(body)), {
      Error: { Code: 'TooHeavy', Message: '5 > "3"', Type: 'Sender', Limit: 3 },
      RequestId: 'request-1',
    });
  });

  test('an error outside the model by its own name and status', () => {
    const { status, body } = server.renderError({ name: 'InternalFailure', message: '' }, asJson);
    assert.equal(status, 500);
    assert.deepEqual(JSON.parse(String(body)), {
      Error: { Code: 'InternalFailure', Type: 'Receiver' },
      RequestId: 'request-1',
    });
  });
});

test('awsQuery server answers in XML unless the Accept header prefers JSON, errors as well', () => {
  const error = { name: 'InternalFailure', message: 'Sorry' };
  for (const [accept, type] of [
    [undefined, 'text/xml'],
    ['*/*', 'text/xml'],
    ['text/*', 'text/xml'],
    ['application/xml', 'text/xml'],
    ['application/xml;q=0.9, application/json;q=0.8', 'text/xml'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/xml'],
    ['application/*', 'application/json'],
    ['APPLICATION/JSON; charset=utf-8', 'application/json'],
    ['application/xml;q=0.5, application/json;q=0.8', 'application/json'],
  ] as const) {
    const metadata = { requestId: 'r', accept };
    assert.equal(server.renderOutput(send, {}, metadata).headers['content-type'], type, accept);
    assert.equal(server.renderError(error, metadata).headers['content-type'], type, accept);
  }
});
