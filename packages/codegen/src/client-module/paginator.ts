import {
  type DataShape,
  type Model,
  ModelError,
  type PaginatedTrait,
  paginatedTrait,
  type ShapeId,
} from '@latchkey/smithy';
import { printLiteral } from '../literal.ts';
import type { ClientInput, ClientOperation } from './client-input.ts';
import type { Method } from './method.ts';
import { typeExpression } from './type-expression.ts';

/**
 * Names of the output member that says whether another page follows. The trait cannot name it, but S3's `ListParts` gives
 * a token even with its last page.
 */
const moreMembers = ['IsTruncated', 'Truncated', 'HasMoreStreams', 'hasMoreResults', 'AdditionalDataPending'];

/** Makes the method that paginates an operation; undefined when the operation is not paginated. */
export function paginatorOf(input: ClientInput, operation: ClientOperation): Method | undefined {
  const trait = paginatedTrait(input.service, operation.shape);
  if (trait === undefined) return undefined;
  const more = moreMemberOf(input.model, operation.shape.output);
  const pagination = { ...trait, ...(more !== undefined && { more }) };
  const { imports } = input;
  const page = input.outputType(operation);
  const item = itemType(input, operation.shape.output, trait);
  const summary = `Goes through the pages of \`${operation.method}\`, one call after the other`;
  return {
    name: input.claimMethod(`paginate${operation.name}`),
    docs: input.docs.note(
      item === undefined ? `${summary}.` : `${summary}; \`items()\` gives what is on them.`,
      '  ',
    ),
    operation,
    optionsType: imports.use('type', 'CallOptions'),
    returns:
      item === undefined ? `AsyncIterable<${page}>` : `${imports.use('type', 'Paginator')}<${page}, ${item}>`,
    callee: imports.use('value', 'paginate', 'paginate'),
    passed: [
      'this.#client',
      operation.constant,
      'params',
      printLiteral(pagination, () => undefined, '      ', 1),
      'opts',
    ],
  };
}

function moreMemberOf(model: Model, output: ShapeId): string | undefined {
  const shape = model.getDataShape(output);
  if (shape.type !== 'structure') return undefined;
  return moreMembers.find((name) => {
    const member = shape.members.get(name);
    return member !== undefined && model.getDataShape(member.target).type === 'boolean';
  });
}

function itemType(input: ClientInput, output: ShapeId, { items }: PaginatedTrait): string | undefined {
  if (items === undefined) return undefined;
  const shape = memberAt(input.model, output, items);
  const target = (id: ShapeId) =>
    typeExpression(input, id) + (shape.traits['smithy.api#sparse'] === undefined ? '' : ' | null');
  if (shape.type === 'list') return target(shape.member.target);
  if (shape.type === 'map') return `[string, ${target(shape.value.target)}]`;
  throw new ModelError(
    output,
    `trait smithy.api#paginated: "${items}" is of type ${shape.type}, must be a list or map`,
  );
}

function memberAt(model: Model, output: ShapeId, path: string): DataShape {
  let shape = model.getDataShape(output);
  for (const name of path.split('.')) {
    const member = shape.type === 'structure' ? shape.members.get(name) : undefined;
    if (member === undefined)
      throw new ModelError(shape.id, `trait smithy.api#paginated: there is no member "${name}"`);
    shape = model.getDataShape(member.target);
  }
  return shape;
}
