import { stringAt } from './json.ts';
import { fieldsOf } from './operation-traits.ts';
import type { OperationShape, ServiceShape } from './shape.ts';

/** How an operation is paginated. Paths are member names joined by dots. */
export interface PaginatedTrait {
  /** Input member that takes the token. */
  readonly inputToken: string;
  /** Path of the next page's token in the output. */
  readonly outputToken: string;
  /** Path of the items in the output: a list or map. */
  readonly items?: string;
}

/** `smithy.api#paginated` of an operation, completed by that of the service. */
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
