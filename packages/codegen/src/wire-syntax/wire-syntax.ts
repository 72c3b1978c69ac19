import {
  closureOf,
  errorsOf,
  hasTrait,
  type Model,
  ModelError,
  nameOf,
  type OperationShape,
  operationsOf,
  type ShapeId,
} from '@latchkey/smithy';
import {
  createServerProtocol,
  type OperationSchema,
  type ServiceSchema,
  type StructureSchema,
} from '@latchkey/wire';
import { eventStreamType } from '@latchkey/wire/event-stream/client-events';
import { protocols } from '../client-module/protocols.ts';
import { isRest } from '../reference/travel.ts';
import { buildSchemaLibrary } from '../schema-library.ts';
import { operationSchema, protocolOf, serviceIdentity, signingNameOf } from '../service-schema.ts';
import { errorSyntax } from './errors.ts';
import { eventSyntax, initialEvent } from './events.ts';
import { formats, printBody } from './print-body.ts';
import { printHeaders, printRequestLine, printStatusLine } from './print-head.ts';
import { type Specimen, type SpecimenContext, specimenOf } from './specimen.ts';
import type { MessageSyntax, SyntaxLine, WireSyntax } from './syntax.ts';

const unit: StructureSchema = { type: 'structure', name: 'Unit', members: {} };

/**
 * Shows how an operation looks on the wire. The protocols themselves write it, from values in which every member is.
 *
 * @param id shape id of the service
 * @param name name of the operation in the model, e.g. `PutObject`
 * @throws {ModelError} when there is no such operation, or the model is at fault
 */
export function wireSyntax(model: Model, id: ShapeId, name: string): WireSyntax {
  const shape = model.getService(id);
  const operation = operationsOf(model, shape).find((each) => nameOf(each.id) === name);
  if (operation === undefined) throw new ModelError(id, `has no operation "${name}"`);
  const protocol = protocolOf(shape);
  const service: ServiceSchema = {
    ...serviceIdentity(shape),
    protocol,
    signingName: signingNameOf(shape),
    operations: {},
    errors: [],
  };
  const library = buildSchemaLibrary(model, shape, closureOf(model, shape, [operation]));
  const { hostPrefix: _, ...schema } = operationSchema(shape, operation, library);
  const context = { model, service: shape, isRest: isRest(protocol) };
  return {
    request: requestSyntax(schema, specimenOf(operation.input, context), service),
    response: responseSyntax(schema, specimenOf(operation.output, context), {
      service,
      status: context.isRest ? statusMember(operation, context) : undefined,
    }),
    errors: errorSyntax(errorsOf(shape, operation), service, context),
  };
}

function requestSyntax(
  operation: OperationSchema,
  specimen: Specimen,
  service: ServiceSchema,
): MessageSyntax {
  const { marks, schema, value } = specimen;
  const request = protocols[service.protocol]
    .client(service)
    .renderInput({ ...operation, input: schema }, value);
  return {
    start: printRequestLine(request, operation.http?.uri ?? '', marks),
    ...contentSyntax(request.headers, request.body as Uint8Array, { end: 'request', service, specimen }),
  };
}

function responseSyntax(
  operation: OperationSchema,
  specimen: Specimen,
  { service, status }: { readonly service: ServiceSchema; readonly status: ShapeId | undefined },
): MessageSyntax {
  const requestId = specimen.marks.add({ value: { type: 'string', label: 'request id' } });
  const answer = createServerProtocol(service).renderOutput(
    { ...operation, input: unit, output: specimen.schema },
    specimen.value,
    { requestId },
  );
  return {
    start: [printStatusLine(status ?? answer.status)],
    ...contentSyntax(answer.headers, answer.body, { end: 'response', service, specimen }),
  };
}

/** Headers and body. A stream of events has what else would be in the body as its first message, where it is anything. */
function contentSyntax(
  headers: Parameters<typeof printHeaders>[0],
  content: Uint8Array | string,
  {
    end,
    service,
    specimen,
  }: { readonly end: 'request' | 'response'; readonly service: ServiceSchema; readonly specimen: Specimen },
): Omit<MessageSyntax, 'start'> {
  const { events, marks, schema, unlisted } = specimen;
  const { protocol } = service;
  const body = printBody(content, formats[protocol][end], marks);
  if (events.length === 0) {
    return {
      headers: printHeaders(headers, body, marks),
      ...(body && { body }),
      events: [],
      unlisted,
    };
  }
  const hasFirst = !isRest(protocol) && Object.keys(schema.members).length > 0;
  const first = hasFirst && body ? [initialEvent(`initial-${end}`, protocol, service, body)] : [];
  return {
    headers: printHeaders({ ...headers, 'content-type': eventStreamType }, 'events', marks),
    events: [...first, ...eventSyntax(specimen, protocol, service)],
    unlisted,
  };
}

/** The member that has the HTTP status. */
function statusMember({ output }: OperationShape, { model }: SpecimenContext): ShapeId | undefined {
  const shape = model.getDataShape(output);
  const members = shape.type === 'structure' ? [...shape.members.values()] : [];
  return members.find((member) => hasTrait(member, 'smithy.api#httpResponseCode'))?.id;
}

/** @returns a line as text, e.g. `"TableName": "string",` */
export function textOfLine({ indent, parts }: SyntaxLine): string {
  return '  '.repeat(indent) + parts.map(({ text }) => text).join('');
}
