import { retryableAnswer } from '@latchkey/client/retry/classify';
import type { ShapeId } from '@latchkey/smithy';
import type { ClientInput } from '../client-module/client-input.ts';
import { getError } from '../schema-library.ts';
import type { ErrorFacts } from './reference.ts';

export function errorFacts({ library }: ClientInput, id: ShapeId): ErrorFacts {
  const { name, fault, status, queryError, retryable } = getError(library, id);
  const answer = { name, response: { status: queryError?.status ?? status } };
  const retried = retryableAnswer(answer, retryable);
  return {
    name,
    fault,
    status: answer.response.status,
    ...(queryError && { code: queryError.code }),
    ...(retried && { retried }),
  };
}
