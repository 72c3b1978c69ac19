import assert from 'node:assert/strict';
import type {
  OperationSchema,
  ProtocolName,
  ServerProtocol,
  ServiceSchema,
  StructureSchema,
  StructureValue,
  WireRequest,
} from '@latchkey/wire';
import { arbitraryStructure } from '@latchkey/wire/fixtures/arbitrary-value';
import { visible } from '@latchkey/wire/fixtures/visible';
import { targetOf, traitsOf } from '@latchkey/wire/member';
import fc from 'fast-check';

// A few values each, always the same; `LATCHKEY_FUZZ_RUNS=100` makes more, and `LATCHKEY_FUZZ_SEED` others.
const runs = Number(process.env['LATCHKEY_FUZZ_RUNS'] ?? 3);
const seed = Number(process.env['LATCHKEY_FUZZ_SEED'] ?? 20_260_101);

/** Checks that random values of a structure arrive as they were. */
export function check(
  structure: StructureSchema,
  protocol: ProtocolName,
  send: (value: StructureValue) => object,
): void {
  const property = fc.property(arbitraryStructure(structure), (value) => {
    const sent = sendable(value, structure, protocol);
    assertArrived(send(sent), sent, structure, protocol);
  });
  fc.assert(property, { numRuns: runs, seed });
}

/** As `check`, where sending takes a turn of its own; the promises of thousands of values cost more than the rest. */
export function checkAsync(
  structure: StructureSchema,
  protocol: ProtocolName,
  send: (value: StructureValue) => Promise<object>,
): Promise<void> {
  const property = fc.asyncProperty(arbitraryStructure(structure), async (value) => {
    const sent = sendable(value, structure, protocol);
    assertArrived(await send(sent), sent, structure, protocol);
  });
  return fc.assert(property, { numRuns: runs, seed });
}

/** Whether a protocol tells every value from every other, also an empty list from none. */
function showsAll(protocol: ProtocolName): boolean {
  return protocol.startsWith('awsJson') || protocol === 'rpcv2Cbor';
}

function sendable(value: StructureValue, structure: StructureSchema, protocol: ProtocolName): StructureValue {
  if (showsAll(protocol)) return value;
  const shown = withoutEmptyPayload(visible(value) as StructureValue, structure);
  fc.pre(hasDocument(shown, structure));
  return shown;
}

/** Whether a value has its document, where `answered` says that it must: one without members is none that shows. */
function hasDocument(value: StructureValue, { members }: StructureSchema): boolean {
  return Object.entries(members).every(([name, member]) => {
    const { httpPayload, required } = traitsOf(member);
    return !(httpPayload && required && targetOf(member).type === 'structure') || name in value;
  });
}

function assertArrived(
  read: object,
  sent: StructureValue,
  structure: StructureSchema,
  protocol: ProtocolName,
): void {
  const seen = showsAll(protocol) ? read : visible(withoutImplied(read, sent, structure));
  assert.deepEqual(seen, sent, structure.name);
}

/** What a server makes of a request, which must be of that operation. */
export function inputOf(server: ServerProtocol, operation: OperationSchema, request: WireRequest): object {
  assert.equal(server.match(request)?.name, operation.name);
  return withoutBoundParams(server.parseInput(operation, request), operation);
}

/** The output with the document that an answer in XML must have: no service leaves it out, and a client takes no empty body. */
export function answered(output: StructureSchema, protocol: ProtocolName): StructureSchema {
  if (protocol !== 'restXml') return output;
  const members = Object.entries(output.members).map(([name, member]) => {
    const isDocument = traitsOf(member).httpPayload === true && targetOf(member).type === 'structure';
    return [
      name,
      isDocument ? { ...member, traits: { ...member.traits, required: true as const } } : member,
    ] as const;
  });
  return { ...output, members: Object.fromEntries(members) };
}

/** Forms name the operation and the version beside the members, in upper or lower case. */
export function isAmbiguous({ protocol }: ServiceSchema, { input: { members } }: OperationSchema): boolean {
  const taken = Object.keys(members).some((name) => /^(?:action|version)$/i.test(name));
  return taken && protocol.endsWith('Query');
}

/** A body of no bytes is no payload. */
function withoutEmptyPayload(value: StructureValue, { members }: StructureSchema): StructureValue {
  const told = Object.entries(value).filter(
    ([name, member]) => !(members[name]?.traits?.httpPayload === true && member === ''),
  );
  return Object.fromEntries(told);
}

/** Every message over HTTP has a status or a media type, that of its body or of the answer's, given or not. */
function withoutImplied(read: object, sent: object, { members }: StructureSchema): object {
  const given = Object.entries(read).filter(([name]) => {
    const { httpResponseCode, httpHeader } = members[name]?.traits ?? {};
    const isImplied = httpResponseCode === true || /^(?:accept|content-type)$/i.test(httpHeader ?? '');
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
