import { arrayAt, type JsonObject, objectAt, stringAt } from './json.ts';
import { fieldsOf } from './operation-traits.ts';
import type { OperationShape } from './shape.ts';
import type { Traited } from './traits.ts';

/** `smithy.api#deprecated` */
export function deprecatedTrait(
  bearer: Traited,
): { readonly message?: string; readonly since?: string } | undefined {
  const found = fieldsOf(bearer, 'smithy.api#deprecated');
  if (found === undefined) return undefined;
  const { message, since } = found.fields;
  return {
    ...(message !== undefined && { message: stringAt(message, found.place('message')) }),
    ...(since !== undefined && { since: stringAt(since, found.place('since')) }),
  };
}

/** `smithy.api#recommended`: the member is optional, but should be given. */
export function recommendedTrait(bearer: Traited): { readonly reason?: string } | undefined {
  const found = fieldsOf(bearer, 'smithy.api#recommended');
  if (found === undefined) return undefined;
  const { reason } = found.fields;
  return { ...(reason !== undefined && { reason: stringAt(reason, found.place('reason')) }) };
}

/** `smithy.api#externalDocumentation`: URLs by the name of what they link to. */
export function externalDocumentationTrait(bearer: Traited): ReadonlyMap<string, string> {
  const found = fieldsOf(bearer, 'smithy.api#externalDocumentation');
  if (found === undefined) return new Map();
  return new Map(
    Object.entries(found.fields).map(([title, address]) => [title, stringAt(address, found.place(title))]),
  );
}

/** An entry of `smithy.api#examples`. */
export interface ExampleDefinition {
  readonly title: string;
  readonly documentation?: string;
  readonly input: JsonObject;
  readonly output?: JsonObject;
  readonly error?: { readonly shapeId: string; readonly content: JsonObject };
}

export function examplesTrait(operation: OperationShape): readonly ExampleDefinition[] {
  const examples = operation.traits['smithy.api#examples'];
  if (examples === undefined) return [];
  const place = (what: string) => ({ shapeId: operation.id, what: `${what} of trait smithy.api#examples` });
  return arrayAt(examples, { shapeId: operation.id, what: 'trait smithy.api#examples' }).map((example) => {
    const { title, documentation, input, output, error } = objectAt(example, place('an example'));
    return {
      title: stringAt(title, place('title')),
      ...(documentation !== undefined && { documentation: stringAt(documentation, place('documentation')) }),
      input: input === undefined ? {} : objectAt(input, place('input')),
      ...(output !== undefined && { output: objectAt(output, place('output')) }),
      ...(error !== undefined && { error: readError(error) }),
    };
  });

  function readError(value: JsonObject[string]) {
    const { shapeId, content } = objectAt(value, place('error'));
    return {
      shapeId: stringAt(shapeId, place('shapeId of an error')),
      content: content === undefined ? {} : objectAt(content, place('content of an error')),
    };
  }
}
