import {
  type DataShape,
  type EnumShape,
  enumValues,
  errorsOf,
  hasTrait,
  type ShapeId,
  type StructureShape,
} from '@latchkey/smithy';
import type { ProtocolName } from '@latchkey/wire';
import type { ClientDeclarations, OperationMethods } from '../client-module/client-declarations.ts';
import { unit } from '../client-module/unit.ts';
import type { Documentation, Inline } from '../documentation/tree.ts';
import { describe } from './describe.ts';
import { errorFacts } from './error-facts.ts';
import type { PrintedSymbols } from './printed-symbols.ts';
import { propertiesOf, thrownErrors } from './properties.ts';
import type {
  EnumSymbol,
  ErrorUnionSymbol,
  ReferenceSymbol,
  Requirement,
  StructureSymbol,
  Use,
} from './reference.ts';
import type { RequestWriter } from './sample-request.ts';
import type { SymbolPrograms } from './symbol-programs.ts';

/** What the symbols of a reference are made from. */
export interface SymbolSources {
  readonly client: ClientDeclarations;
  readonly printed: PrintedSymbols;
  readonly protocol: ProtocolName;
  readonly uses: ReadonlyMap<ShapeId, readonly Use[]>;
  readonly requirements: ReadonlyMap<ShapeId, readonly Requirement[]>;
  readonly programs: SymbolPrograms;
  readonly writeRequest: RequestWriter;
}

/** Symbols of a module's types and error classes. */
export function typeSymbols(sources: SymbolSources): readonly ReferenceSymbol[] {
  return sources.client.input.closure.flatMap((shape): readonly ReferenceSymbol[] => {
    switch (shape.type) {
      case 'structure':
      case 'union':
        return shape.id === unit ? [] : [structureSymbol(sources, shape)];
      case 'enum':
      case 'intEnum':
        return [enumSymbol(sources, shape)];
      default:
        return [];
    }
  });
}

function structureSymbol(sources: SymbolSources, shape: StructureShape): StructureSymbol {
  const { client, printed, protocol } = sources;
  const isError = hasTrait(shape, 'smithy.api#error');
  const base = symbolBase(sources, shape);
  return {
    ...base,
    kind: isError ? 'error class' : shape.type === 'union' ? 'union' : 'interface',
    properties: propertiesOf(shape, {
      model: client.input.model,
      protocol,
      printed,
      symbol: base.name,
      isMessage: base.usedBy.some((use) => use.as !== 'property'),
    }),
    throws: thrownErrors(client.input.model, shape).map(client.input.typeOf),
    ...(isError && { error: errorFacts(client.input, shape.id) }),
  };
}

function enumSymbol(sources: SymbolSources, shape: EnumShape): EnumSymbol {
  const base = symbolBase(sources, shape);
  const values = enumValues(shape);
  return {
    ...base,
    kind: 'enum',
    values: [...shape.members.values()].map((member, index) => {
      const value = values[index] ?? member.name;
      const line = sources.printed.lineOf(`${base.name}.${value}`);
      return { ...describe(member), name: member.name, value, line };
    }),
  };
}

function symbolBase({ client, printed, programs, requirements, uses }: SymbolSources, shape: DataShape) {
  const name = client.input.typeOf(shape.id);
  const usedBy = uses.get(shape.id) ?? [];
  const described = describe(shape);
  const program = programs.ofShape(shape);
  return {
    ...described,
    ...(described.documentation.length === 0 && saying(purposeOf(usedBy))),
    name,
    line: printed.lineOf(name),
    declaration: printed.declarationOf(name),
    usedBy,
    requiredBy: requirements.get(shape.id) ?? [],
    ...(program && { program }),
  };
}

/** Documentation of a shape that has none in the model: whose input or output it is. */
function purposeOf(usedBy: readonly Use[]): readonly Inline[] {
  const use = usedBy.find(({ as }) => as === 'input' || as === 'output');
  return use === undefined ? [] : [`The ${use.as} of `, { kind: 'code', content: [use.member] }, '.'];
}

function saying(sentence: readonly Inline[]) {
  const documentation: Documentation =
    sentence.length === 0 ? [] : [{ kind: 'paragraph', content: sentence }];
  return { summary: sentence, documentation };
}

/** Symbol of an operation's union of errors. */
export function errorUnionSymbol(
  { client: { input }, printed, programs }: SymbolSources,
  { operation }: OperationMethods,
): ErrorUnionSymbol {
  const name = operation.errorType;
  return {
    kind: 'error union',
    name,
    shapeId: operation.shape.id,
    ...saying([
      'The errors that ',
      { kind: 'code', content: [operation.name] },
      ' may answer with, told apart by ',
      { kind: 'code', content: ['name'] },
      '.',
    ]),
    links: [],
    sensitive: false,
    unstable: false,
    line: printed.lineOf(name),
    declaration: printed.declarationOf(name),
    usedBy: [{ as: 'error', symbol: input.className, member: operation.method, required: false }],
    requiredBy: [],
    program: programs.ofErrors(operation),
    operation: operation.name,
    errors: errorsOf(input.service, operation.shape).map(input.typeOf),
  };
}
