import type { OperationSchema, ServiceSchema } from '@latchkey/wire';

/** The operations of a service with an HTTP path, where one of them begins with the same segment as this path. */
export function operationsBeside({ operations }: ServiceSchema, path: string): readonly OperationSchema[] {
  const bound = Object.values(operations).filter(({ http }) => http !== undefined);
  const segment = firstSegment(path);
  return bound.some(({ http }) => http !== undefined && firstSegment(http.uri) === segment) ? bound : [];
}

function firstSegment(path: string): string {
  return path.split(/[/?]/, 2)[1] ?? '';
}
