import { printLiteral, type Reference } from '../literal.ts';
import type { ClientInput } from './client-input.ts';
import { discoveryOf } from './endpoint-discovery.ts';
import { endpointParamsOf } from './endpoint-params.ts';
import { needsHttp2 } from './http2.ts';
import { constant, type Declaration } from './piece.ts';

/** Declares a constant for each operation, with what the runtime must know to call it. */
export function emitOperations(input: ClientInput, schemaReference: Reference): readonly Declaration[] {
  const type = input.imports.use('hiddenType', 'Operation');
  return input.operations.map(({ constant: name, schema, shape }) => {
    const endpointParams = endpointParamsOf(input.model, shape, input.endpoints.usedParams);
    const discovery = discoveryOf(input.model, input.service, shape);
    const operation = {
      ...schema,
      ...(needsHttp2(input.service, schema) && { http2: true }),
      ...(discovery && { discovery }),
      ...(endpointParams && { endpointParams }),
    };
    const taken = `const ${name}: ${type} = `.length + 1;
    return [constant(name, type, printLiteral(operation, schemaReference, '', taken))];
  });
}
