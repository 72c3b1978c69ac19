import { errorsOf, hasTrait, paginatedTrait, waitableTrait } from '@latchkey/smithy';
import type { OperationMethods } from '../client-module/client-declarations.ts';
import type { ClientOperation } from '../client-module/client-input.ts';
import type { Method } from '../client-module/method.ts';
import { unit } from '../client-module/unit.ts';
import { parseDocumentation } from '../documentation/parse.ts';
import { describe } from './describe.ts';
import { errorFacts } from './error-facts.ts';
import { readExampleValue } from './example-values.ts';
import { examplesOf, printCall } from './examples.ts';
import type { MethodReference, OperationReference } from './reference.ts';
import { sampleInput } from './sample-input.ts';
import type { SymbolSources } from './symbols.ts';
import { isRest } from './travel.ts';
import { waiterReference } from './waiters.ts';

export function operationReference(sources: SymbolSources, methods: OperationMethods): OperationReference {
  const { input } = sources.client;
  const { operation, call, paginator, waiters } = methods;
  const { shape, schema } = operation;
  const pages = paginatedTrait(input.service, shape);
  return {
    ...describe(shape),
    name: operation.name,
    methods: [
      methodReference(sources, call, 'call'),
      ...(paginator === undefined ? [] : [methodReference(sources, paginator, 'pages')]),
      ...waiters.map(({ method }) => methodReference(sources, method, 'wait')),
    ],
    ...(shape.input !== unit && { input: input.typeOf(shape.input) }),
    ...(shape.output !== unit && { output: input.typeOf(shape.output) }),
    errors: errorsOf(input.service, shape).map((id) => ({
      symbol: input.typeOf(id),
      summary: describe(input.model.getDataShape(id)).summary,
      ...errorFacts(input, id),
    })),
    errorUnion: operation.errorType,
    ...(schema.http && isRest(sources.protocol) && { http: schema.http }),
    auth: schema.auth,
    ...(schema.hostPrefix !== undefined && { hostPrefix: schema.hostPrefix }),
    readonly: hasTrait(shape, 'smithy.api#readonly'),
    idempotent: hasTrait(shape, 'smithy.api#readonly') || hasTrait(shape, 'smithy.api#idempotent'),
    ...(pages && { pages }),
    waiters: waitableTrait(shape).map((definition, index) =>
      waiterReference(definition, waiters[index]?.method.name ?? ''),
    ),
    ...sampleCall(sources, operation),
    examples: examplesOf(input, operation),
  };
}

function sampleCall(
  { client: { input }, writeRequest }: SymbolSources,
  operation: ClientOperation,
): Pick<OperationReference, 'call' | 'request'> {
  const { shape } = operation;
  const value = shape.input === unit ? {} : sampleInput(input, shape.input);
  const request = writeRequest(operation, readExampleValue(input.model, shape.input, value) as object);
  return {
    call: printCall(input, operation, value, shape.output !== unit),
    ...(request !== undefined && { request }),
  };
}

function methodReference(
  { client, printed }: SymbolSources,
  { name, returns }: Method,
  purpose: MethodReference['purpose'],
): MethodReference {
  const symbol = `${client.input.className}.${name}`;
  const signature = (printed.memberOf(symbol) ?? '').trim().replace(/;$/, '');
  return {
    name,
    line: printed.lineOf(symbol),
    purpose,
    documentation: purpose === 'call' ? [] : parseDocumentation(printed.commentOf(symbol)),
    signature: printed.tokens(signature.replaceAll('\n  ', '\n')),
    returns: printed.tokens(returns),
  };
}
