import assert from 'node:assert/strict';
import { test } from 'node:test';
import { library } from '../fixtures/library.ts';
import { formRequest, received, wholeClient } from '../fixtures/messages.ts';
import { refusalOf } from '../fixtures/refusal-of.ts';
import type { OperationSchema, Schema, ServiceSchema } from '../schema.ts';
import { decodeUtf8 } from '../values/utf8.ts';
import { ec2QueryClient } from './client.ts';
import { ec2QueryServer } from './server.ts';

const string: Schema = { type: 'string' };
const names: Schema = { type: 'list', member: { target: string, traits: { xmlName: 'item' } } };

const run: OperationSchema = {
  name: 'Run',
  auth: [],
  errors: [],
  input: {
    type: 'structure',
    name: 'RunInput',
    members: {
      imageId: { target: string },
      count: { target: { type: 'integer' }, traits: { xmlName: 'maxCount' } },
      zone: { target: string, traits: { xmlName: 'zone', ec2QueryName: 'zoneName' } },
      names: { target: names },
    },
  },
  output: {
    type: 'structure',
    name: 'RunOutput',
    members: { names: { target: names, traits: { xmlName: 'nameSet' } } },
  },
};
const service: ServiceSchema = { ...library, protocol: 'ec2Query', operations: { Run: run } };
const client = wholeClient(ec2QueryClient(service));
const server = ec2QueryServer(service);
const input = { imageId: 'ami', count: 2, zone: 'a', names: ['x', 'y'] };
const form = 'Action=Run&Version=2026-01-01&ImageId=ami&MaxCount=2&zoneName=a&Names.1=x&Names.2=y';

test('names are capitalized unless ec2QueryName gives them, and lists are numbered right behind their name', () => {
  assert.equal(decodeUtf8(client.renderInput(run, input).body), form);
  assert.deepEqual(server.parseInput(run, formRequest(form)), input);
});

test('an empty list leaves no trace', () => {
  assert.equal(decodeUtf8(client.renderInput(run, { names: [] }).body), 'Action=Run&Version=2026-01-01');
});

test('an answer holds the members of the output beside the id of the request', () => {
  const response = server.renderOutput(run, { names: ['x'] }, { requestId: 'r' });
  assert.equal(
    response.body,
    '<RunResponse xmlns="https://library.example.com/doc/"><nameSet><item>x</item></nameSet>' +
      '<requestId>r</requestId></RunResponse>',
  );
  assert.deepEqual(client.parseOutput(run, received(response)), { names: ['x'] });
});

test('a client refuses an empty body, the page of a proxy and the answer of another operation', () => {
  for (const body of ['', '<html><body/></html>', '<StopResponse><nameSet/></StopResponse>', 'ok']) {
    const { code } = refusalOf(() => client.parseOutput(run, received({ status: 200, headers: {}, body })));
    assert.equal(code, 'malformed', body);
  }
});

test('an error stands in a list of errors', () => {
  const response = server.renderError(
    { name: 'DryRunOperation', message: 'Would run', status: 412 },
    { requestId: 'r' },
  );
  assert.equal(
    response.body,
    '<Response><Errors><Error><Code>DryRunOperation</Code><Message>Would run</Message></Error></Errors>' +
      '<RequestID>r</RequestID></Response>',
  );
  const { name, message, requestId } = client.parseError(run, { ...received(response), headers: {} });
  assert.deepEqual(
    { name, message, requestId },
    { name: 'DryRunOperation', message: 'Would run', requestId: 'r' },
  );
});
