import type { ReceivedError, ReceivedResponse } from '@latchkey/wire';
import type { ApiMetadata } from './api-metadata.ts';
import type { Operation } from './operation.ts';
import { ServiceError } from './service-error.ts';

/** An error answer as the error that the caller gets: of its own class, where the service models it. */
export function serviceError(
  { name, message, modeled, members, status, requestId }: ReceivedError,
  { headers }: ReceivedResponse<unknown>,
  { operation, metadata, attempts }: { operation: Operation; metadata: ApiMetadata; attempts: number },
): ServiceError {
  const schema = modeled ? operation.errors.find((error) => error.name === name) : undefined;
  const Modeled = (modeled ? metadata.errors[name] : undefined) ?? ServiceError;
  return new Modeled(
    name,
    message ?? `${metadata.serviceId} answered ${operation.name} with status ${status}`,
    {
      fault: schema?.fault ?? (status < 500 ? 'client' : 'server'),
      members,
      response: { status, requestId, headers, attempts },
    },
  );
}
