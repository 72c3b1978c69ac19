import { ClientError, type ClientErrorCode } from '../client-error.ts';

const notFound = [
  'hostNotFound',
  'the name does not resolve; are the region and the endpoint right?',
] as const;

const codes: Readonly<Record<string, readonly [ClientErrorCode, string]>> = {
  EAI_AGAIN: notFound,
  ECONNREFUSED: ['connectionRefused', 'nothing listens there; is the service running, and the port right?'],
  ENOTFOUND: notFound,
  ETIMEDOUT: ['timedOut', 'the network did not answer in time'],
};

/** What an error of Node's sockets means to whoever made the call. */
export function connectionError(error: Error & { readonly code?: unknown }, host: string): ClientError {
  if (error instanceof ClientError) return error;
  const [code, meaning] = codes[String(error.code)] ?? ['connectionFailed' as const, error.message];
  return new ClientError(code, `Cannot connect to '${host}': ${meaning}`, { cause: error });
}
