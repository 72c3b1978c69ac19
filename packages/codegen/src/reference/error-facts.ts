import type { ShapeId } from '@latchkey/smithy';
import type { ClientInput } from '../client-module/client-input.ts';
import { getError } from '../schema-library.ts';
import type { ErrorFacts } from './reference.ts';

export function errorFacts({ library }: ClientInput, id: ShapeId): ErrorFacts {
  const { name, fault, status, queryError, retryable } = getError(library, id);
  return {
    name,
    fault,
    status: queryError?.status ?? status,
    ...(queryError && { code: queryError.code }),
    ...(retryable && { retryable }),
  };
}
