import assert from 'node:assert/strict';
import { type Model, operationsOf } from '@latchkey/smithy';
import type { OperationSchema, Schema, StructureSchema } from '@latchkey/wire';
import { serviceSchema } from '../service-schema.ts';

/**
 * Facts about a service that can be observed on the wire, one sentence for each, so that two models can be compared.
 *
 * @param operationNames operations to describe; the model must have all of them
 */
export function wireFacts(model: Model, operationNames: readonly string[]): ReadonlySet<string> {
  const [service] = model.services;
  assert.ok(service);
  const { operations, errors: _, ...rest } = serviceSchema(model, service.id);
  const paginated = new Map(
    operationsOf(model, service).map(({ id, traits }) => [id, traits['smithy.api#paginated'] ?? null]),
  );
  return new Set([
    ...Object.entries(rest).map(([key, value]) => `service ${key}: ${JSON.stringify(value)}`),
    ...operationNames.flatMap((name) => {
      const operation = operations[name];
      assert.ok(operation, name);
      const pages = paginated.get(`${rest.namespace}#${name}`);
      return [`${name} paginated: ${JSON.stringify(pages)}`, ...operationFacts(operation)];
    }),
  ]);
}

function operationFacts({ name, http, auth, input, output, errors }: OperationSchema): readonly string[] {
  return [
    `${name} http: ${JSON.stringify(http)}`,
    `${name} auth: ${auth.join()}`,
    ...memberFacts(`${name} input`, input, 'input'),
    ...memberFacts(`${name} output`, output, 'output'),
    ...errors.flatMap((error) => [
      `${name} may fail with ${error.name}`,
      `error ${error.name}: ${error.status} ${error.fault} ${error.queryError?.code ?? ''}`.trimEnd(),
      ...memberFacts(`error ${error.name}`, error, 'output'),
    ]),
  ];
}

/** Facts about a member. Constraints are left out, as only a violation shows them, and so is `required` in outputs. */
function memberFacts(
  path: string,
  { members }: StructureSchema,
  role: 'input' | 'output',
): readonly string[] {
  return Object.entries(members).flatMap(([name, { target, traits = {} }]) => {
    const { required, default: _, ...bindings } = traits;
    const seen = { ...(role === 'input' && required && { required }), ...bindings };
    const suffix = Object.keys(seen).length === 0 ? '' : ` ${JSON.stringify(seen)}`;
    return valueFacts(`${path}.${name}`, suffix, resolve(target), role);
  });
}

function valueFacts(
  path: string,
  suffix: string,
  schema: Schema,
  role: 'input' | 'output',
): readonly string[] {
  // On the wire, an enum is a string.
  const fact = `${path}: ${schema.type === 'enum' ? 'string' : schema.type}${suffix}`;
  if (schema.type === 'structure') return [fact, ...memberFacts(path, schema, role)];
  if (schema.type === 'list')
    return [fact, ...valueFacts(`${path}[]`, '', resolve(schema.member.target), role)];
  return [fact];
}

function resolve(target: Schema | (() => Schema)): Schema {
  return typeof target === 'function' ? target() : target;
}
