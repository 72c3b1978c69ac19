import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { type MessageSyntax, type SyntaxLine, serviceSchema, wireSyntax } from '@latchkey/codegen';
import { Model, type ServiceShape } from '@latchkey/smithy';
import {
  createServerProtocol,
  type OperationSchema,
  type ProtocolName,
  type StructureValue,
} from '@latchkey/wire';
import { messageMember } from '@latchkey/wire/modeled-errors';
import { clients } from './protocols/clients.ts';
import { folder, readService, services, skip } from './round-trips/models.ts';
import { cutPlaces, type Paths, pathsOfBody, pathsOfSyntax, withoutCut } from './wire-syntax/paths.ts';
import { wholeValues } from './wire-syntax/whole-values.ts';

/** Those with few operations, in protocols that AWS's published models do not have. */
const inOtherProtocols = ['dynamodb', 'route-53', 'sso-oidc', 'sts'];

// `LATCHKEY_ALL_SERVICES=1` takes all services of AWS.
const names = process.env['LATCHKEY_ALL_SERVICES']
  ? readdirSync(folder, { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? [each.name] : []))
  : services;

for (const name of names) {
  describe(`what is shown of ${name} on the wire is what client and server write`, { skip }, () => {
    if (skip !== false) return;
    const { model, service } = readService(name);
    const own = serviceSchema(model, service.id).protocol;
    const others = inOtherProtocols.includes(name) ? (['ec2Query', 'awsQuery', 'rpcv2Cbor'] as const) : [];
    for (const protocol of new Set([own, ...others])) {
      test(protocol, () => checkService(speaking(protocol, model, service), service));
    }
  });
}

const traits: Readonly<Record<ProtocolName, string>> = {
  awsJson1_0: 'aws.protocols#awsJson1_0',
  awsJson1_1: 'aws.protocols#awsJson1_1',
  awsQuery: 'aws.protocols#awsQuery',
  ec2Query: 'aws.protocols#ec2Query',
  restJson1: 'aws.protocols#restJson1',
  restXml: 'aws.protocols#restXml',
  rpcv2Cbor: 'smithy.protocols#rpcv2Cbor',
};

/** The model with another protocol. */
function speaking(protocol: ProtocolName, model: Model, service: ServiceShape): Model {
  const kept = Object.entries(service.traits).filter(
    ([trait]) => !/\.protocols#(?!.*Compatible)/.test(trait),
  );
  const own = Object.entries(service.traits).find(([trait]) => trait === traits[protocol]);
  const changed = { ...service, traits: Object.fromEntries([...kept, own ?? [traits[protocol], {}]]) };
  return new Model(new Map([...model.shapes, [service.id, changed]]));
}

function checkService(model: Model, { id }: ServiceShape): void {
  const service = serviceSchema(model, id);
  const client = clients[service.protocol](service);
  const server = createServerProtocol(service);
  for (const operation of Object.values(service.operations)) {
    const syntax = wireSyntax(model, id, operation.name);
    const requests = wholeValues(operation.input).map((value) => client.renderInput(operation, value));
    assertShown(operation, 'request', syntax.request, requests as readonly Message[]);
    const [request] = requests;
    assert.deepEqual(
      namesOfQuery(syntax.request.start.slice(1)),
      namesIn(request?.query ?? ''),
      operation.name,
    );
    const answers = wholeValues(operation.output).map((value) =>
      server.renderOutput(operation, value, { requestId: 'r' }),
    );
    assertShown(operation, 'answer', syntax.response, answers);
    for (const { errors, form } of syntax.errors) {
      for (const { name, status, code } of errors) {
        const schema = operation.errors.find((error) => error.name === name);
        assert(schema !== undefined, name);
        const refusals = wholeValues(schema).map((members) =>
          server.renderError({ name, message: 'No', members: without(members, schema) }, { requestId: 'r' }),
        );
        assertShown(operation, name, form, refusals);
        assert.equal(status, refusals[0]?.status);
        const [refusal] = refusals;
        const written =
          JSON.stringify(refusal?.headers) + new TextDecoder().decode(bytesOf(refusal?.body ?? ''));
        for (const told of toldBy(form, { name, code }))
          assert.ok(written.includes(told), `${told} of ${name}`);
      }
    }
  }
}

function bytesOf(body: Uint8Array | string): Uint8Array {
  return typeof body === 'string' ? new TextEncoder().encode(body) : body;
}

/** What a form says that the error is told by. */
function toldBy(form: MessageSyntax, { code, name }: { readonly code: string; readonly name: string }) {
  const parts = [...form.headers, ...(form.body?.lines ?? [])].flatMap((line) =>
    line.parts.map(({ text }) => text),
  );
  const told = [
    ...(parts.includes('error name') || parts.includes(name) ? [name] : []),
    ...(parts.includes('error code') || parts.includes(code) ? [code] : []),
  ];
  assert.ok(told.length > 0, `${name} is told by nothing`);
  return told;
}

/** An error has its message apart from its other members. */
function without(members: StructureValue, schema: Parameters<typeof messageMember>[0]): StructureValue {
  const { [messageMember(schema) ?? '']: _, ...others } = members;
  return others;
}

interface Message {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array | string;
}

/** Asserts that a page shows all names that are in messages, each in its place, and no others. */
function assertShown(
  { name }: OperationSchema,
  what: string,
  shown: MessageSyntax,
  written: readonly Message[],
): void {
  const place = `${what} of ${name}`;
  const format = shown.body?.format ?? 'raw';
  const paths: Paths = new Set(written.flatMap(({ body }) => [...pathsOfBody(body, format)]));
  const found = pathsOfSyntax(shown);
  const cut = cutPlaces(found);
  assert.deepEqual(withoutCut(found, cut), withoutCut(paths, cut), place);
  const headers = new Set(written.flatMap((message) => Object.keys(message.headers)));
  headers.delete('x-amzn-requestid');
  if (shown.body === undefined) headers.delete('content-type');
  const names = shown.headers.map(({ parts }) => parts[0]?.text.replace('*', 'key') ?? '');
  const ofBody = (header: string) => shown.body !== undefined || header !== 'content-type';
  assert.deepEqual(names.filter(ofBody).toSorted(), [...headers].toSorted(), place);
}

function namesOfQuery(lines: readonly SyntaxLine[]): readonly string[] {
  return lines.map(({ parts: [, name] }) => (name?.kind === 'placeholder' ? 'key' : (name?.text ?? '')));
}

function namesIn(query: string): readonly string[] {
  return query === '' ? [] : query.split('&').map((entry) => decodeURIComponent(entry.split('=')[0] ?? ''));
}
