import type { OperationReference } from '@latchkey/codegen';
import type { Html } from '../../../web/html.ts';
import { codeBlock } from './code.ts';
import type { ServiceDocs } from './service-docs.ts';

/** A whole program that makes a call, as somebody pastes it. */
export function renderProgram(call: string, operation: OperationReference, docs: ServiceDocs): Html {
  return codeBlock(programOf(call, operation, docs), { class: 'import' });
}

/** @param call a statement, e.g. `const output = await client.getItem({ … });` */
export function programOf(
  call: string,
  { name }: OperationReference,
  { reference, urls }: ServiceDocs,
): string {
  const client = reference.client.name;
  return `import { ApiFactory } from "${urls.runtimeUrl}";
import { ${client} } from "${urls.clientUrl(name)}";

const client = new ApiFactory({ region: 'us-east-1' }).makeNew(${client});
${call}${call.startsWith('const output = ') ? '\nconsole.log(output);' : ''}`;
}
