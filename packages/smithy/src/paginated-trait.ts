import { stringAt } from './json.ts';
import { fieldsOf } from './operation-traits.ts';
import type { OperationShape, ServiceShape } from './shape.ts';

/** How an operation answers in pages. Paths are names of members joined by dots. */
export interface PaginatedTrait {
  /** The member of the input that takes a token. */
  readonly inputToken: string;
  /** The path in the output of the token of the next page. */
  readonly outputToken: string;
  /** The path in the output of the items, a list or map. */
  readonly items?: string;
}

/** `smithy.api#paginated` of an operation, filled up with what the service says for all of its operations. */
export function paginatedTrait(service: ServiceShape, operation: OperationShape): PaginatedTrait | undefined {
  const found = fieldsOf(operation, 'smithy.api#paginated');
  if (found === undefined) return undefined;
  const { inputToken, outputToken, items } = {
    ...fieldsOf(service, 'smithy.api#paginated')?.fields,
    ...found.fields,
  };
  return {
    inputToken: stringAt(inputToken, found.place('inputToken')),
    outputToken: stringAt(outputToken, found.place('outputToken')),
    ...(items !== undefined && { items: stringAt(items, found.place('items')) }),
  };
}
