import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { serviceSchema } from '@latchkey/codegen';
import { parseModel } from '@latchkey/smithy';
import {
  createServerProtocol,
  type OperationSchema,
  type ProtocolName,
  type ServiceSchema,
  type StructureSchema,
  type StructureValue,
} from '@latchkey/wire';
import { arbitraryStructure } from '@latchkey/wire/fixtures/arbitrary-value';
import { received, wholeClient } from '@latchkey/wire/fixtures/messages';
import { visible } from '@latchkey/wire/fixtures/visible';
import fc from 'fast-check';
import { clients } from './protocols/clients.ts';

const folder = new URL('../../shared/api-models-aws/', import.meta.url).pathname;
// A few values each, always the same; `LATCHKEY_FUZZ_RUNS=100` makes more, and `LATCHKEY_FUZZ_SEED` others.
const runs = Number(process.env['LATCHKEY_FUZZ_RUNS'] ?? 3);
const seed = Number(process.env['LATCHKEY_FUZZ_SEED'] ?? 20_260_101);
const skip = existsSync(folder) ? false : '../shared/api-models-aws is not here';

const services = [
  'accessanalyzer',
  'account',
  'acm',
  'api-gateway',
  'apigatewayv2',
  'appconfig',
  'athena',
  'auto-scaling',
  'batch',
  'cloudcontrol',
  'cloudwatch',
  'cloudwatch-logs',
  'codebuild',
  'cognito-identity',
  'dynamodb',
  'elastic-load-balancing',
  'eventbridge',
  'iam',
  'keyspaces',
  'kinesis',
  'kms',
  'lambda',
  'route-53',
  's3',
  'secrets-manager',
  'ses',
  'sfn',
  'sns',
  'sso-oidc',
  'sts',
];

/** What limits values, fills them in or sends them in pieces has tests of its own; here any value is to arrive as it is. */
const left = ['default', 'idempotencyToken', 'length', 'pattern', 'range', 'streaming', 'uniqueItems'].map(
  (name) => `smithy.api#${name}`,
);

function readService(name: string): ServiceSchema {
  const [file = ''] = globSync(join(folder, name, 'service', '*', '*.json'));
  const document = JSON.parse(readFileSync(file, 'utf8'), (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const traits = Object.entries(value).filter(([trait]) => !left.includes(trait));
    const isLabel = 'smithy.api#httpLabel' in value;
    return Object.fromEntries(traits.filter(([trait]) => isLabel || trait !== 'smithy.api#required'));
  });
  const model = parseModel(document);
  const [service] = model.services;
  assert(service !== undefined, `${file} has no service`);
  return serviceSchema(model, service.id);
}

/** Protocols that bind members to HTTP speak of operations that are bound. */
function protocolsOf({ operations }: ServiceSchema): readonly ProtocolName[] {
  const isBound = Object.values(operations).every(({ http }) => http !== undefined);
  const rpc = ['awsJson1_0', 'awsJson1_1', 'rpcv2Cbor', 'awsQuery', 'ec2Query'] as const;
  return isBound ? [...rpc, 'restJson1', 'restXml'] : rpc;
}

for (const name of services) {
  describe(`whatever is sent to ${name}, and answered, arrives as it was`, { skip }, () => {
    const schema = skip === false ? readService(name) : undefined;
    for (const protocol of schema === undefined ? [] : protocolsOf(schema)) {
      test(protocol, () => roundTrips({ ...schema, protocol } as ServiceSchema));
    }
  });
}

function roundTrips(service: ServiceSchema): void {
  const client = wholeClient(clients[service.protocol](service));
  const server = createServerProtocol(service);
  const isDocument = service.protocol.startsWith('awsJson') || service.protocol === 'rpcv2Cbor';

  for (const operation of Object.values(service.operations)) {
    if (!isAmbiguous(service, operation)) {
      check(operation.input, isDocument, (input) => {
        const request = client.renderInput(operation, input);
        assert.equal(server.match(request)?.name, operation.name);
        const read = server.parseInput(operation, request);
        return isDocument ? read : withoutBoundParams(read, operation);
      });
    }
    check(operation.output, isDocument, (output) => {
      const response = received(server.renderOutput(operation, output, { requestId: 'r' }));
      return client.parseOutput(operation, response);
    });
    for (const error of operation.errors) {
      check({ ...error, members: withoutMessage(error.members) }, isDocument, (members) => {
        const refusal = { name: error.name, message: 'No', members };
        const read = client.parseError(operation, received(server.renderError(refusal, { requestId: 'r' })));
        assert.deepEqual([read.name, read.message, read.modeled], [error.name, 'No', true]);
        return withoutMessage(read.members);
      });
    }
  }
}

/** An error has its message apart from its other members. */
function withoutMessage<Value>(members: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => name.toLowerCase() !== 'message'));
}

/** Forms name the operation and the version beside the members, in upper or lower case. */
function isAmbiguous({ protocol }: ServiceSchema, { input: { members } }: OperationSchema): boolean {
  const taken = Object.keys(members).some((name) => /^(?:action|version)$/i.test(name));
  return taken && protocol.endsWith('Query');
}

function check(
  structure: StructureSchema,
  isDocument: boolean,
  send: (value: StructureValue) => object,
): void {
  const property = fc.property(arbitraryStructure(structure), (value) => {
    if (isDocument) {
      assert.deepEqual(send(value), value, structure.name);
    } else {
      const sent = withoutEmptyPayload(visible(value) as StructureValue, structure);
      assert.deepEqual(visible(withoutImplied(send(sent), sent, structure)), sent, structure.name);
    }
  });
  fc.assert(property, { numRuns: runs, seed });
}

/** A body of no bytes is no payload. */
function withoutEmptyPayload(value: StructureValue, { members }: StructureSchema): StructureValue {
  const told = Object.entries(value).filter(
    ([name, member]) => !(members[name]?.traits?.httpPayload === true && member === ''),
  );
  return Object.fromEntries(told);
}

/** Every message over HTTP has a status or the media type of its body, given or not. */
function withoutImplied(read: object, sent: object, { members }: StructureSchema): object {
  const given = Object.entries(read).filter(([name]) => {
    const { httpResponseCode, httpHeader } = members[name]?.traits ?? {};
    const isImplied = httpResponseCode === true || httpHeader?.toLowerCase() === 'content-type';
    return name in sent || !isImplied;
  });
  return Object.fromEntries(given);
}

/** A server finds every member of the query among the free ones; a client is not asked to send them twice. */
function withoutBoundParams(input: StructureValue, { input: { members }, http }: OperationSchema): object {
  const free = Object.keys(members).find((name) => members[name]?.traits?.httpQueryParams);
  if (free === undefined) return input;
  const bound = Object.values(members).map(({ traits }) => traits?.httpQuery);
  const fixed = [...new URLSearchParams(http?.uri.split('?')[1]).keys()];
  const params = Object.entries(input[free] ?? {}).filter(([name]) => ![...bound, ...fixed].includes(name));
  return { ...input, [free]: Object.fromEntries(params) };
}
