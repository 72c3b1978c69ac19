import type { OperationReference, SymbolProgram } from '@latchkey/codegen';
import type { Html } from '../../../web/html.ts';
import { codeBlock } from './code.ts';
import type { ServiceDocs } from './service-docs.ts';

/** A whole program that makes a call, as somebody pastes it. */
export function renderProgram(call: string, operation: OperationReference, docs: ServiceDocs): Html {
  return codeBlock(programOf(call, operation, docs), { class: 'import' });
}

/** A whole program that has a value of a symbol. */
export function renderSymbolProgram(
  { imports, operation, statements }: SymbolProgram,
  docs: ServiceDocs,
): Html {
  const names = imports.map(({ isType, name }) => `${isType ? 'type ' : ''}${name}`);
  return codeBlock(printProgram({ operation, names, statements }, docs), { class: 'import' });
}

/** @param call a statement, e.g. `const output = await client.getItem({ … });` */
export function programOf(call: string, { name }: OperationReference, docs: ServiceDocs): string {
  const statements = `${call}${call.startsWith('const output = ') ? '\nconsole.log(output);' : ''}`;
  return printProgram({ operation: name, names: [], statements }, docs);
}

interface Program {
  /** The operation whose module is imported; else that of the whole service. */
  readonly operation: string | undefined;
  /** What is imported besides the client. */
  readonly names: readonly string[];
  readonly statements: string;
}

function printProgram({ names, operation, statements }: Program, { reference, urls }: ServiceDocs): string {
  const client = reference.client.name;
  return `import { ApiFactory } from "${urls.runtimeUrl}";
import { ${[client, ...names].join(', ')} } from "${operation === undefined ? urls.moduleUrl : urls.clientUrl(operation)}";

const client = new ApiFactory({ region: 'us-east-1' }).makeNew(${client});
${statements}`;
}
