import type { ClientInput, ClientOperation } from './client-input.ts';
import { isRequired } from './is-required.ts';
import type { Piece } from './piece.ts';
import { unit } from './unit.ts';

const width = 110;

/** A method of a client, which passes an operation to a function of the runtime. */
export interface Method {
  readonly name: string;
  readonly docs: string;
  readonly operation: ClientOperation;
  /** Type of the last parameter, `opts`. */
  readonly optionsType: string;
  /** Return type. */
  readonly returns: string;
  /** Function that the method calls. */
  readonly callee: string;
  /** Arguments of that function; `params` and `opts` are the parameters of the method. */
  readonly passed: readonly string[];
}

/** Argument instead of `params` where the operation has no input. */
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
  /** Whether a caller may leave `params` out, because no member is required. */
  readonly isOptional: boolean;
}

function paramsOf({ model, typeOf }: ClientInput, { shape }: ClientOperation): Params | undefined {
  if (shape.input === unit) return undefined;
  const structure = model.getDataShape(shape.input);
  const isOptional =
    structure.type === 'structure' && [...structure.members.values()].every((member) => !isRequired(member));
  return { type: typeOf(shape.input), isOptional };
}

/** Prints the return type. Its type arguments are on lines of their own where it is too long. */
function printReturns(returns: string, end: string): string {
  const [, name, first, second] = /^(\w+)<(\w+), (.+)>$/.exec(returns) ?? [];
  if (name === undefined || `  ): ${returns}${end}`.length <= width) return `): ${returns}${end}`;
  return `): ${name}<\n    ${first},\n    ${second}\n  >${end}`;
}

/** Prints a call on one line where it fits, else with one line for each argument. */
function printCall(start: string, args: readonly string[], end: string): string {
  const onOneLine = start + args.join(', ') + end;
  if (onOneLine.length <= width && !onOneLine.includes('\n')) return `${onOneLine}\n`;
  const indent = /^ */.exec(start)?.[0] ?? '';
  return `${start}\n${args.map((arg) => `${indent}  ${arg},\n`).join('')}${indent}${end}\n`;
}
