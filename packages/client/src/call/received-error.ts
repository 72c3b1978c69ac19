import { WireError } from '@latchkey/wire/error';
import type { EventStreamError } from '@latchkey/wire/event-stream/error';
import type { ReceivedResponse } from '@latchkey/wire/http';
import { targetOf, traitsOf } from '@latchkey/wire/member';
import type { ReceivedError } from '@latchkey/wire/protocol';
import type { ApiMetadata } from '../api-metadata.ts';
import { ClientError } from '../client-error.ts';
import type { Operation } from '../operation.ts';
import { ServiceError } from '../service-error.ts';
import type { CallMetadata } from './call-metadata.ts';

/** The call that an answer belongs to. */
export interface Answered {
  readonly operation: Operation;
  readonly metadata: ApiMetadata;
  readonly response: CallMetadata;
}

/** Turns an error answer into the error that the call rejects with: of its own class, where the service models it. */
export function serviceError(
  { name, message, modeled, members, status, requestId }: ReceivedError,
  { headers, body }: ReceivedResponse,
  { operation, metadata, response }: Answered,
): ServiceError {
  const schema = modeled ? operation.errors.find((error) => error.name === name) : undefined;
  const Modeled = (modeled ? metadata.errors[name] : undefined) ?? ServiceError;
  const answered = `${metadata.serviceId} answered ${operation.name} with status ${status}`;
  const what = name === 'Unknown' ? contentOf(headers['content-type'], body) : '';
  const [code = schema?.queryError?.code] = headers['x-amzn-query-error']?.split(';') ?? [];
  return new Modeled(name, message ?? answered + what, {
    code,
    fault: schema?.fault ?? (status < 500 ? 'client' : 'server'),
    members,
    response: { ...response, status, requestId },
  });
}

/** Describes the beginning of an answer that names no error: it is probably from a proxy, or from another service. */
function contentOf(type: string | undefined, body: Uint8Array): string {
  const start = new TextDecoder().decode(body.subarray(0, 400)).replace(/[\s\p{C}]+/gu, ' ');
  const text = start.length > 100 ? `${start.slice(0, 100)}…` : start;
  const parts = [type, text && `"${text}"`].filter(Boolean);
  return `${parts.length > 0 ? `: ${parts.join(', ')}` : ''}; is the endpoint that of the service?`;
}

/**
 * Refuses a page of HTML where the output cannot be one: the sign-in page of a network, or an error page with status 200.
 *
 * @throws {WireError} `malformed`
 */
export function refuseHtml({ output }: Operation, { headers, body }: ReceivedResponse): void {
  const start = new TextDecoder().decode(body.subarray(0, 200));
  if (!/^[\ufeff\s]*<(!doctype|html|head|title|meta|body|script)\b/i.test(start)) return;
  const payload = Object.values(output.members).find((member) => traitsOf(member).httpPayload);
  if (payload !== undefined && targetOf(payload).type !== 'structure') return;
  throw new WireError('malformed', `it is a page of HTML${contentOf(headers['content-type'], body)}`);
}

/** Turns a failure to read a successful answer, or its events, into the error that the caller gets. */
export function readingError(error: unknown, { operation, metadata, response }: Answered): unknown {
  if (isNamed(error, 'WireError')) {
    const what = `${operation.name} of ${metadata.serviceId}`;
    return new ClientError('badResponse', `Cannot read the answer to ${what}: ${error.message}`, {
      cause: error,
    });
  }
  if (!isEventStreamError(error)) return error;
  const { code, message, modeled, members, fault } = error;
  const Modeled = (modeled ? metadata.errors[code] : undefined) ?? ServiceError;
  return new Modeled(code, message, { fault, members, response });
}

export function requestIdOf(headers: ReceivedResponse['headers']): string | undefined {
  return headers['x-amzn-requestid'] ?? headers['x-amz-request-id'];
}

// Told by its name: importing the class would put it into every client, with or without event streams.
function isEventStreamError(error: unknown): error is EventStreamError {
  return isNamed(error, 'EventStreamError');
}

function isNamed(error: unknown, name: string): error is Error {
  return error instanceof Error && error.name === name;
}
