import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceSchema } from '@latchkey/codegen';
import {
  type Model,
  nameIn,
  operationsOf,
  parseModel,
  type ServiceShape,
  type Shape,
} from '@latchkey/smithy';
import type { ServiceSchema } from '@latchkey/wire';
import type { CaseFields, End, ProtocolCase } from './case.ts';

const traits = {
  request: 'smithy.test#httpRequestTests',
  response: 'smithy.test#httpResponseTests',
  malformed: 'smithy.test#httpMalformedRequestTests',
  eventStream: 'smithy.test#eventStreamTests',
} as const;

/** Reads every case of a directory of models, for both ends where a case does not say. */
export function readCases(directory: string): ProtocolCase[] {
  const files = readdirSync(directory).filter((file) => file.endsWith('.json'));
  return files.toSorted().flatMap((file) => {
    const text = readFileSync(join(directory, file), 'utf8');
    const model = parseModel(JSON.parse(text, keepWholeNumber));
    return model.services.flatMap((service) => {
      const cases = casesOf(file, model, service);
      if (!isOfOneService(service)) return cases;
      const source = { text, serviceId: service.id };
      return cases.map((each) => ({ ...each, source }));
    });
  });
}

/** Whether the cases of a model are about the ways of its service rather than about a protocol. */
function isOfOneService({ traits }: ServiceShape): boolean {
  const tags = traits['smithy.api#tags'];
  return Array.isArray(tags) && tags.includes('aws-service-test');
}

/** The params of a case may be longs that a double does not hold. */
function keepWholeNumber(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source ?? '';
  return typeof value === 'number' && /^-?\d{16,}$/.test(source) && !Number.isSafeInteger(value)
    ? BigInt(source)
    : value;
}

function casesOf(file: string, model: Model, service: ServiceShape): ProtocolCase[] {
  const schema = serviceSchema(model, service.id);
  return [
    ...operationsOf(model, service).flatMap((shape) =>
      operationCases(file, schema, nameIn(service, shape.id), shape),
    ),
    ...[...model.shapes.values()].flatMap((shape) =>
      errorCases(file, schema, nameIn(service, shape.id), shape),
    ),
  ];
}

function operationCases(file: string, service: ServiceSchema, name: string, shape: Shape): ProtocolCase[] {
  const operation = service.operations[name];
  if (operation === undefined) throw new Error(`Cannot find operation "${name}" in its own service`);
  const common = { file, service, operation };
  return [
    ...fieldsOf(shape, 'request').flatMap((fields) =>
      endsOf(fields).map((end) => ({
        ...common,
        kind: 'request' as const,
        structure: operation.input,
        end,
        fields,
      })),
    ),
    ...fieldsOf(shape, 'response').flatMap((fields) =>
      endsOf(fields).map((end) => ({
        ...common,
        kind: 'response' as const,
        structure: operation.output,
        end,
        fields,
      })),
    ),
    ...fieldsOf(shape, 'eventStream').flatMap((fields) =>
      endsOf(fields).map((end) => ({
        ...common,
        kind: 'eventStream' as const,
        structure: operation.input,
        end,
        fields,
      })),
    ),
    ...fieldsOf(shape, 'malformed').map((fields) => ({
      ...common,
      kind: 'malformed' as const,
      structure: operation.input,
      end: 'server' as const,
      fields,
    })),
  ];
}

/** An error's cases name no operation: any that may answer with it will do. */
function errorCases(file: string, service: ServiceSchema, name: string, shape: Shape): ProtocolCase[] {
  if (shape.type !== 'structure') return [];
  return fieldsOf(shape, 'response').flatMap((fields) => {
    const operation = Object.values(service.operations).find(({ errors }) =>
      errors.some((each) => each.name === name),
    );
    const structure = operation?.errors.find((error) => error.name === name);
    if (operation === undefined || structure === undefined)
      throw new Error(`No operation answers with "${name}"`);
    return endsOf(fields).map((end) => ({
      file,
      service,
      operation,
      kind: 'error' as const,
      structure,
      end,
      fields,
    }));
  });
}

function fieldsOf(shape: Shape, kind: keyof typeof traits): readonly CaseFields[] {
  return (shape.traits[traits[kind]] ?? []) as unknown as readonly CaseFields[];
}

function endsOf({ appliesTo }: CaseFields): readonly End[] {
  return appliesTo === undefined ? ['client', 'server'] : [appliesTo];
}
