import type { ClientInput } from './client-input.ts';
import { constant, type Declaration } from './piece.ts';

/** Declares the endpoint rules as a constant where they take several lines. @returns also the expression to use for them */
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
