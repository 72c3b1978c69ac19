import type { Bytes, ReceivedResponse, WireRequest } from '@latchkey/wire/http';
import { headerBytes } from '@latchkey/wire/values/header-text';
import { ClientError } from '../client-error.ts';
import { retryAfterMs } from '../retry/backoff.ts';
import { retryableAnswer } from '../retry/classify.ts';
import type { Failure, Outcome, Turn } from '../retry/with-retries.ts';
import { signRequest } from '../signing/sign-request.ts';
import type { HttpRequest } from '../transport/transport.ts';
import { around } from './around.ts';
import { callMetadata } from './call-metadata.ts';
import { type AttemptEvent, tell } from './hooks.ts';
import type { PreparedCall, ReadyClient } from './prepared-call.ts';
import { type Answered, readingError, refuseHtml, requestIdOf, serviceError } from './received-error.ts';
import { handOut, responseBodyOf } from './streaming-output.ts';

/**
 * Signs a call, sends it once and reads the answer.
 *
 * @throws {ClientError} when there is no answer
 */
export async function attemptCall(
  client: ReadyClient,
  call: PreparedCall,
  event: AttemptEvent,
  { signal, waitedMs }: Turn,
): Promise<Outcome> {
  const { metadata, setup, shared } = client;
  const { hooks, use } = shared.options;
  const { context, host, operation, secure, signing, streaming } = call;
  const sentAtMs = setup.clock.now();
  const origin = `http${secure ? 's' : ''}://${host}`;
  const { isEvents, isStored } = responseBodyOf(operation);
  const streams = streaming !== undefined;
  let reading: Promise<void> | undefined;
  const about = {
    ...event,
    ...{ call: call.made, region: signing?.region, origin, request: call.request, signal },
  };
  let response = await around(use, 'attempt', about, async () => {
    const signed = await sign(client, { ...call, request: about.request }, event.attempt, sentAtMs);
    tell(() => hooks?.request?.({ ...event, method: signed.method, origin }));
    const transport = await shared.transport(operation.http2 === true ? metadata.http2 : undefined);
    let onBodyEnd = () => {};
    reading = new Promise<void>((resolve) => {
      onBodyEnd = resolve;
    });
    const sent = await transport.send(httpRequest(signed, call), { signal, streams, isStored, onBodyEnd });
    const { status, headers } = sent;
    const requestId = requestIdOf(headers);
    const durationMs = setup.clock.now() - sentAtMs;
    tell(() => hooks?.response?.({ ...event, status, requestId, durationMs }));
    return sent;
  });
  for (const feature of metadata.features ?? []) {
    if (feature.response !== undefined) response = await feature.response(response, context);
  }
  const { status, headers } = response;
  const answered: Answered = {
    ...{ operation, metadata },
    response: {
      ...{ status, headers, requestId: requestIdOf(headers), extendedRequestId: headers['x-amz-id-2'] },
      ...{ attempts: event.attempt, totalRetryDelayMs: waitedMs },
    },
  };
  if (status >= 300 && isWhole(response)) return refused(client, response, answered, sentAtMs);
  const value = await read(client, call, response, answered);
  callMetadata.set(value, answered.response);
  return { value, reading: isWhole(response) || isEvents ? undefined : reading };
}

function sign(
  { setup, signers }: ReadyClient,
  { operation, request, secure, signing }: PreparedCall,
  attempt: number,
  nowMs: number,
): Promise<WireRequest<Bytes>> {
  const { clock, crypto, settings, signingKeys } = setup;
  const headers = {
    ...request.headers,
    'amz-sdk-request': `attempt=${attempt}; max=${settings.maxAttempts}`,
  };
  const unsigned = {
    request: { ...request, headers },
    secure,
    signing: signing && {
      ...signing,
      nowMs,
      now: () => clock.now(),
      signingKeys,
      unsignedPayload: operation.unsignedPayload === true,
      ...(crypto && { crypto }),
    },
  };
  return signRequest(unsigned, signers);
}

function httpRequest(
  { method, path, query, headers, body }: WireRequest<Bytes>,
  { secure, host }: PreparedCall,
): HttpRequest {
  const sent: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) sent[name] = sendable(name, value);
  }
  return { method, secure, host, path: query === '' ? path : `${path}?${query}`, headers: sent, body };
}

/**
 * The value of a header as it is sent: the bytes that were signed. Runtimes refuse some values, too, but name the value,
 * which may be a secret.
 */
function sendable(name: string, value: string): string {
  if (!/[^\t\x20-\x7e]/.test(value)) return value;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (!/[\0-\x08\x0a-\x1f\x7f]/.test(value) && value.isWellFormed()) return headerBytes(value);
  throw new ClientError(
    'badInput',
    `Cannot send the header "${name}": it has a line break or another character that a header cannot have`,
  );
}

function isWhole(response: ReceivedResponse<Bytes>): response is ReceivedResponse {
  return response.body instanceof Uint8Array;
}

function refused(
  { protocol, setup }: ReadyClient,
  response: ReceivedResponse,
  answered: Answered,
  sentAtMs: number,
): Failure {
  const { operation } = answered;
  const error = serviceError(protocol.parseError(operation, response), response, answered);
  if (setup.clock.correct(error, sentAtMs)) return { error, reason: 'transient', isMended: true };
  const modeled = operation.errors.find(({ name }) => name === error.name)?.retryable;
  return {
    error,
    reason: retryableAnswer(error, modeled),
    retryAfterMs: retryAfterMs(response.headers, setup.clock.now()),
  };
}

async function read(
  { metadata, protocol }: ReadyClient,
  { context, operation, streaming }: PreparedCall,
  response: ReceivedResponse<Bytes>,
  answered: Answered,
): Promise<object> {
  const explain = (error: unknown) => {
    const explained = readingError(error, answered);
    if (explained instanceof ClientError) callMetadata.set(explained, answered.response);
    return explained;
  };
  try {
    if (isWhole(response)) refuseHtml(operation, response);
    const output = await protocol.parseOutput(operation, response);
    for (const feature of metadata.features ?? []) feature.checkOutput?.(output, context);
    return streaming === undefined ? output : handOut(output, streaming, explain);
  } catch (error) {
    throw explain(error);
  }
}
