import { httpVersionsTrait, type ServiceShape } from '@latchkey/smithy';
import type { OperationSchema, StructureSchema } from '@latchkey/wire';
import { protocolTraitOf } from '../service-schema.ts';

/** Whether an operation needs HTTP/2. */
export function needsHttp2(service: ServiceShape, operation: OperationSchema): boolean {
  const { http, eventStreamHttp } = httpVersionsTrait(service, protocolTraitOf(service));
  return !(hasEvents(operation) ? eventStreamHttp : http).includes('http/1.1');
}

/** Whether an operation sends or receives events. */
export function hasEvents({ input, output }: OperationSchema): boolean {
  return holdsEvents(input) || holdsEvents(output);
}

function holdsEvents(structure: StructureSchema): boolean {
  return Object.values(structure.members).some(({ target }) => {
    const schema = typeof target === 'function' ? target() : target;
    return schema.type === 'union' && schema.traits?.streaming === true;
  });
}
