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

/** Error code of a failed connection, as Node or Bun set it, or as Deno's message says it. */
function connectionCode(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error) return error.code;
  if (/\bConnection refused\b/i.test(error.message)) return 'ECONNREFUSED';
  return /\bdns error\b/.test(error.message) ? 'ENOTFOUND' : connectionCode(error.cause);
}

/**
 * Turns an error of a connection into a `ClientError`.
 *
 * @param options.words - message for an error that is not known here
 * @param options.proxyVariable - name of the environment variable that sends requests through a proxy
 */
export function connectionError(
  error: Error,
  host: string,
  { words = inWords(error), proxyVariable }: { words?: string; proxyVariable?: string | undefined } = {},
): ClientError {
  if (error instanceof ClientError) return error;
  const found = codes[String(connectionCode(error))];
  const [code, meaning] = found ?? ['connectionFailed' as const, words];
  const proxy =
    proxyVariable === undefined
      ? ''
      : `; ${proxyVariable} is set: is the proxy right, or should NO_PROXY name the host?`;
  return new ClientError(code, `Cannot connect to '${host}': ${meaning}${proxy}`, { cause: error });
}

/** The error for an incomplete answer. */
export function brokenOff(error: Error, host: string, words = inWords(error)): ClientError {
  if (error instanceof ClientError) return error;
  return new ClientError('connectionFailed', `The answer of '${host}' broke off: ${words}`, { cause: error });
}

/** The error for a body that cannot be decoded by its `content-encoding`. */
export function undecodable(
  error: unknown,
  headers: Readonly<Record<string, string | undefined>>,
  host: string,
): ClientError {
  const encoding = headers['content-encoding'];
  const message = `Cannot read the answer of '${host}': its body is not ${encoding}, as its content-encoding says`;
  return new ClientError('badResponse', message, { cause: error });
}

function inWords({ message }: Error): string {
  if (message.includes('wrong version number'))
    return 'it speaks no TLS; should the endpoint begin with http:?';
  return message === 'aborted' ? 'the connection broke before all of the answer was there' : message;
}
