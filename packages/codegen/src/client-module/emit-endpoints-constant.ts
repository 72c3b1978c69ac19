import type { ClientInput } from './client-input.ts';
import { constant, type Declaration } from './piece.ts';

/** The endpoint rules by name, where they take more than a line; and the expression that stands for them. */
export function emitEndpointsConstant({ claim, endpoints, imports }: ClientInput): {
  readonly declaration: Declaration;
  readonly expression: string;
} {
  const { expression } = endpoints;
  if (!expression.includes('\n')) return { declaration: [], expression };
  const name = claim('endpoints');
  const type = imports.use('hiddenType', 'EndpointResolver');
  return { declaration: [constant(name, type, expression)], expression: name };
}
