import { type Json, objectAt, stringAt } from './json.ts';
import { ModelError } from './model-error.ts';
import { fieldsOf, stringsAt } from './operation-traits.ts';
import type { Member, OperationShape } from './shape.ts';

/** `smithy.rules#contextParam`: name of the endpoint parameter that gets the member's value. */
export function contextParamTrait(member: Member): string | undefined {
  const found = fieldsOf(member, 'smithy.rules#contextParam');
  return found && stringAt(found.fields['name'], found.place('name'));
}

/** `smithy.rules#staticContextParams`: fixed values of an operation's endpoint parameters. */
export function staticContextParamsTrait(
  operation: OperationShape,
): ReadonlyMap<string, string | boolean | readonly string[]> {
  const found = fieldsOf(operation, 'smithy.rules#staticContextParams');
  if (found === undefined) return new Map();
  return new Map(
    Object.entries(found.fields).map(([name, entry]) => {
      const { value } = objectAt(entry, found.place(name));
      return [name, readValue(value)];
    }),
  );

  function readValue(value: Json | undefined): string | boolean | readonly string[] {
    if (typeof value === 'string' || typeof value === 'boolean') return value;
    if (Array.isArray(value))
      return stringsAt(value, { shapeId: operation.id, what: 'value of a parameter' });
    throw new ModelError(
      operation.id,
      'trait smithy.rules#staticContextParams: a value must be a string, a boolean or a list of strings',
    );
  }
}

/** `smithy.rules#operationContextParams`: JMESPath expressions over the input, by name of the endpoint parameter. */
export function operationContextParamsTrait(operation: OperationShape): ReadonlyMap<string, string> {
  const found = fieldsOf(operation, 'smithy.rules#operationContextParams');
  if (found === undefined) return new Map();
  return new Map(
    Object.entries(found.fields).map(([name, entry]) => {
      const { path } = objectAt(entry, found.place(name));
      return [name, stringAt(path, found.place(`path of ${name}`))];
    }),
  );
}
