import {
  type DataShape,
  errorsOf,
  hasTrait,
  type Member,
  type ShapeId,
  type StructureShape,
} from '@latchkey/smithy';
import type { ClientInput, ClientOperation } from '../client-module/client-input.ts';
import { unit } from '../client-module/unit.ts';
import { printKey, quote } from '../literal.ts';
import { getError } from '../schema-library.ts';
import { NamedValue, printEventOrValue } from './example-values.ts';
import { printCallOf } from './examples.ts';
import type { SymbolProgram } from './reference.ts';
import { type Route, routesOf, type Step } from './routes.ts';
import { sampleInput, sampleOf } from './sample-input.ts';

/** A value that is deeper in an input is shown without the call, in which nobody would find it. */
const MAX_STEPS = 10;

/** Makes the programs of symbols, each of which has a value of its symbol. */
export interface SymbolPrograms {
  /** @returns undefined for a shape that no operation leads to */
  ofShape(shape: DataShape): SymbolProgram | undefined;
  ofErrors(operation: ClientOperation): SymbolProgram;
  ofClient(): SymbolProgram;
}

/**
 * A name that ends so is that of another symbol without the end. In a module with fewer operations the other may be missing,
 * so that the symbol is named without it there: its program imports the whole module.
 */
const CHANGED = /_$/;

export function symbolPrograms(input: ClientInput): SymbolPrograms {
  const operations = simplestFirst(input);
  const routeTo = routesOf(input, operations);
  const ofShape = (shape: DataShape): SymbolProgram | undefined => {
    const route = routeTo(shape.id);
    if (hasTrait(shape, 'smithy.api#error')) {
      const thrower = throwerOf(input, operations, shape.id);
      if (thrower !== undefined) return printCatch(input, thrower, shape.id);
      if (route?.from === 'error') return printCatch(input, route.operation, shape.id, { isInStream: true });
    }
    if (route === undefined) return undefined;
    return route.from === 'input' ? printGiven(input, shape, route) : printTaken(input, shape, route);
  };
  return {
    ofShape: (shape) => fromFittingModule(ofShape(shape)),
    ofErrors: (operation) => fromFittingModule(printCatchAll(input, operation)),
    ofClient: () => printSimplestCall(input, operations),
  };
}

function fromFittingModule<Program extends SymbolProgram | undefined>(
  program: Program,
): Program | SymbolProgram {
  if (!program?.imports.some(({ name }) => CHANGED.test(name))) return program;
  const { imports, statements } = program;
  return { imports, statements };
}

/** The operations that programs should call come first: those that are not deprecated and need the least. */
function simplestFirst(input: ClientInput): readonly ClientOperation[] {
  return input.operations
    .map((operation) => ({
      operation,
      isDeprecated: hasTrait(operation.shape, 'smithy.api#deprecated'),
      length: smallestCall(input, operation).length,
    }))
    .toSorted((a, b) => Number(a.isDeprecated) - Number(b.isDeprecated) || a.length - b.length)
    .map(({ operation }) => operation);
}

function throwerOf(
  { service }: ClientInput,
  operations: readonly ClientOperation[],
  id: ShapeId,
): ClientOperation | undefined {
  return operations.find(({ shape }) => errorsOf(service, shape).includes(id));
}

/** The program of a type that is sent: a value written out, and the call that it goes into. */
function printGiven(input: ClientInput, shape: DataShape, { operation, start, steps }: Route): SymbolProgram {
  const type = input.typeOf(shape.id);
  const name = steps.length === 0 ? 'input' : 'value';
  const declared = `const ${name}: ${type} = `;
  const value = printEventOrValue(input.model, shape.id, sampleOf(input, shape), declared.length);
  const imports = [{ name: type, isType: true }];
  if (steps.length > MAX_STEPS) {
    return { operation: operation.name, imports, statements: `${declared}${value};\nconsole.log(value);` };
  }
  const call =
    steps.length === 0
      ? `client.${operation.method}(${name})`
      : printCallOf(input, operation, sampleInput(input, start, { steps, value: new NamedValue(name) }));
  return {
    operation: operation.name,
    imports,
    statements: `${declared}${value};\n${showOutput(operation, call)}`,
  };
}

/** The program of a type that is received: the call, and where in its answer the value is. */
function printTaken(input: ClientInput, shape: DataShape, route: Route): SymbolProgram {
  const { operation, start, steps } = route;
  const type = input.typeOf(shape.id);
  const imports = [{ name: type, isType: true }];
  const call = smallestCall(input, operation);
  const program = (statements: string): SymbolProgram => ({ operation: operation.name, imports, statements });
  if (route.from === 'error') {
    const error = input.typeOf(start);
    return {
      ...program(`try {
  await ${indent(call)};
} catch (error) {
  if (!(error instanceof ${error})) throw error;
${indentAll(printReading(input, steps, { from: 'error', type }))}
}`),
      imports: [{ name: error, isType: false }, ...imports],
    };
  }
  if (steps.length === 0) return program(`const output: ${type} = await ${call};\nconsole.log(output);`);
  return program(`const output = await ${call};\n${printReading(input, steps, { from: 'output', type })}`);
}

/** Statements that read a value out of an answer, through the events of a stream where it is in one. */
function printReading(
  input: ClientInput,
  steps: readonly Step[],
  { from, type }: { readonly from: string; readonly type: string },
): string {
  const stream = steps.findIndex((step) => step.kind === 'member' && isStreamOfEvents(input, step.member));
  if (stream >= 0) {
    const rest = printReading(input, steps.slice(stream + 1), { from: 'event', type });
    return printLoop(printAccess(input, from, steps.slice(0, stream + 1)), rest);
  }
  const { isCertain, text } = printAccess(input, from, steps);
  return `const value: ${type}${isCertain ? '' : ' | null | undefined'} = ${text};\nconsole.log(value);`;
}

function printLoop({ isCertain, text }: Access, statements: string): string {
  return `for await (const event of ${text}${isCertain ? '' : ' ?? []'}) {\n${indentAll(statements)}\n}`;
}

/** An expression, and whether it cannot be `undefined`. */
interface Access {
  readonly text: string;
  readonly isCertain: boolean;
}

function printAccess(input: ClientInput, from: string, steps: readonly Step[]): Access {
  let text = from;
  let isCertain = true;
  for (const step of steps) {
    if (step.kind === 'member') {
      const { member, structure } = step;
      text += propertyAccess(member.name, isCertain);
      isCertain &&= structure.type === 'structure' && isAlwaysThere(input, structure, member);
    } else {
      text += `${isCertain ? '' : '?.'}[${step.kind === 'item' ? '0' : quote('my-key')}]`;
      isCertain = false;
    }
  }
  return { text, isCertain };
}

function propertyAccess(name: string, isCertain: boolean): string {
  const key = printKey(name);
  if (key === name) return `${isCertain ? '.' : '?.'}${name}`;
  return `${isCertain ? '' : '?.'}[${quote(name)}]`;
}

function isAlwaysThere(input: ClientInput, structure: StructureShape, member: Member): boolean {
  return hasTrait(structure, 'smithy.api#error')
    ? hasTrait(member, 'smithy.api#required')
    : input.isRequired(structure.id, member);
}

function isStreamOfEvents({ model }: ClientInput, { target }: Member): boolean {
  const shape = model.getDataShape(target);
  return shape.type === 'union' && hasTrait(shape, 'smithy.api#streaming');
}

/** The program of an error: a call that may fail with it, and the way to tell it from others. */
function printCatch(
  input: ClientInput,
  operation: ClientOperation,
  error: ShapeId,
  { isInStream = false } = {},
): SymbolProgram {
  const name = input.typeOf(error);
  const call = smallestCall(input, operation);
  const tried = isInStream
    ? `const output = await ${call};\n${printEvents(input, operation)}`
    : `await ${call};`;
  return {
    operation: operation.name,
    imports: [{ name, isType: false }],
    statements: `try {
${indentAll(tried)}
} catch (error) {
  if (!(error instanceof ${name})) throw error;
  console.error(error.message);
}`,
  };
}

/** A loop through the events of an operation's output. */
function printEvents(input: ClientInput, { shape }: ClientOperation): string {
  const structure = input.model.getDataShape(shape.output) as StructureShape;
  const steps = [...structure.members.values()]
    .filter((member) => isStreamOfEvents(input, member))
    .map((member): Step => ({ kind: 'member', structure, member }));
  return printLoop(printAccess(input, 'output', steps.slice(0, 1)), 'console.log(event);');
}

/** The program of an operation's errors: a `switch` that knows their names. */
function printCatchAll(input: ClientInput, operation: ClientOperation): SymbolProgram {
  const [first] = errorsOf(input.service, operation.shape);
  const call = smallestCall(input, operation);
  if (first === undefined) {
    return { operation: operation.name, imports: [], statements: `await ${call};` };
  }
  return {
    operation: operation.name,
    imports: [{ name: operation.errorType, isType: true }],
    statements: `try {
  await ${indent(call)};
} catch (error) {
  const known = error as ${operation.errorType};
  switch (known.name) {
    case ${quote(getError(input.library, first).name)}:
      console.error(known.message);
      break;
    default:
      throw error;
  }
}`,
  };
}

/** The program of the client: the call that needs the least, of one that reads where there is any. */
function printSimplestCall(input: ClientInput, operations: readonly ClientOperation[]): SymbolProgram {
  const operation = operations.find(({ method }) => /^(?:list|describe|get)/.test(method)) ?? operations[0];
  if (operation === undefined) return { imports: [], statements: '' };
  return {
    operation: operation.name,
    imports: [],
    statements: showOutput(operation, smallestCall(input, operation)),
  };
}

/** A call with the parameters that it cannot be made without. */
function smallestCall(input: ClientInput, operation: ClientOperation): string {
  const { shape } = operation;
  return printCallOf(input, operation, shape.input === unit ? {} : sampleInput(input, shape.input));
}

function showOutput({ shape }: ClientOperation, call: string): string {
  return shape.output === unit ? `await ${call};` : `const output = await ${call};\nconsole.log(output);`;
}

/** Indents all lines but the first. */
function indent(code: string): string {
  return code.replaceAll('\n', '\n  ');
}

function indentAll(code: string): string {
  return `  ${indent(code)}`;
}
