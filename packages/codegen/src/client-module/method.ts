import { type ClientInput, type ClientOperation, unit } from './client-input.ts';
import { isRequired } from './is-required.ts';
import type { Piece } from './piece.ts';

const width = 110;

/** A method of a client that hands an operation to the runtime. */
export interface Method {
  readonly name: string;
  readonly docs: string;
  readonly operation: ClientOperation;
  /** The type of the last parameter, `opts`. */
  readonly optionsType: string;
  /** The return type, and what calls the runtime. */
  readonly returns: string;
  readonly callee: string;
  /** What the runtime is given; `params` and `opts` stand for the parameters of the method. */
  readonly passed: readonly string[];
}

/** What stands for the parameters of an operation that has no input. */
const noParams = '{}';

export function printMethod(input: ClientInput, method: Method): Piece {
  const { operation, name, returns, optionsType } = method;
  const params = paramsOf(input, operation);
  const passed =
    params === undefined ? method.passed.map((each) => (each === 'params' ? noParams : each)) : method.passed;
  const body = printCall(`    return ${method.callee}(`, passed, ');');
  const declared = [
    ...(params === undefined ? [] : [`params${params.isOptional ? '?' : ''}: ${params.type}`]),
    `opts?: ${optionsType}`,
  ];
  const typed = [
    ...(params === undefined ? [] : [`params: ${params.type}${params.isOptional ? ' = {}' : ''}`]),
    `opts?: ${optionsType}`,
  ];
  const untyped = params === undefined ? 'opts' : `params${params.isOptional ? ' = {}' : ''}, opts`;
  return {
    symbol: `${input.className}.${name}`,
    docs: method.docs,
    typescript: `${printCall(`  ${name}(`, typed, printReturns(returns, ' {'))}${body}  }\n`,
    javascript: `  ${name}(${untyped}) {\n${body}  }\n`,
    declarations: printCall(`  ${name}(`, declared, printReturns(returns, ';')),
  };
}

interface Params {
  readonly type: string;
  /** Whether a caller may leave them out, because no member is required. */
  readonly isOptional: boolean;
}

function paramsOf({ model, typeOf }: ClientInput, { shape }: ClientOperation): Params | undefined {
  if (shape.input === unit) return undefined;
  const structure = model.getDataShape(shape.input);
  const isOptional =
    structure.type === 'structure' && [...structure.members.values()].every((member) => !isRequired(member));
  return { type: typeOf(shape.input), isOptional };
}

/** What stands behind the parameters: type arguments that are too long for one line have one each. */
function printReturns(returns: string, end: string): string {
  const [, name, first, second] = /^(\w+)<(\w+), (.+)>$/.exec(returns) ?? [];
  if (name === undefined || `  ): ${returns}${end}`.length <= width) return `): ${returns}${end}`;
  return `): ${name}<\n    ${first},\n    ${second}\n  >${end}`;
}

/** On one line where it fits, else one argument a line. */
function printCall(start: string, args: readonly string[], end: string): string {
  const onOneLine = start + args.join(', ') + end;
  if (onOneLine.length <= width && !onOneLine.includes('\n')) return `${onOneLine}\n`;
  const indent = /^ */.exec(start)?.[0] ?? '';
  return `${start}\n${args.map((arg) => `${indent}  ${arg},\n`).join('')}${indent}${end}\n`;
}
