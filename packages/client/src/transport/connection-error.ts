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
  const [code, meaning] = codes[String(error.code)] ?? ['connectionFailed' as const, inWords(error)];
  return new ClientError(code, `Cannot connect to '${host}': ${meaning}`, { cause: error });
}

function inWords({ message }: Error): string {
  if (message.includes('wrong version number'))
    return 'it speaks no TLS; should the endpoint begin with http:?';
  return message === 'aborted' ? 'the connection broke before all of the answer was there' : message;
}
