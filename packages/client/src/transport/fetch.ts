import type { Bytes, ReceivedResponse } from '@latchkey/wire/http';
import { abortable, aborted } from '../call/deadline.ts';
import { ClientError } from '../client-error.ts';
import { explainDenial } from '../platform/deno-permission.ts';
import { globals } from '../platform/globals.ts';
import { platform } from '../platform/platform.ts';
import { brokenOff, connectionError } from './connection-error.ts';
import type { HttpRequest, SendOptions, Transport } from './transport.ts';

/** Transport over `fetch`: the platform's, or one that the program gives. */
export function fetchTransport(fetch: typeof globalThis.fetch): Transport {
  return {
    send: (request, options) => send(fetch, request, options),
    close() {},
  };
}

async function send(
  fetch: typeof globalThis.fetch,
  request: HttpRequest,
  { signal, streams, isStored, onBodyEnd }: SendOptions,
): Promise<ReceivedResponse<Bytes>> {
  // Every `fetch` resolves dot segments, and would so request another path than the one that is signed.
  if (/\/(?:\.|%2e){1,2}(?:[/?]|$)/i.test(request.path)) {
    throw new ClientError(
      'badInput',
      `Cannot send '${request.path}': fetch resolves the segments '.' and '..' of a path; only node:http sends them`,
    );
  }
  let hasAnswered = false;
  const explainError = (error: unknown) =>
    signal?.aborted === true ? aborted(signal) : explain(error, request.host, hasAnswered);
  const url = `http${request.secure ? 's' : ''}://${request.host}${request.path}`;
  try {
    // A program's own `fetch` may not know signals, and its bodies may not.
    const response = await abortable(fetch(url, initOf(request, signal, isStored)), signal);
    hasAnswered = true;
    const { status, body, type } = response;
    if (type === 'opaqueredirect') throw redirected(request.host);
    const headers = Object.fromEntries(response.headers);
    const isDecoded =
      !staysPacked(isStored) && /gzip|deflate|br|zstd/.test(headers['content-encoding'] ?? '');
    const head = { status, headers, isDecoded };
    if (streams && status < 300 && body !== null)
      return { ...head, body: explained(body, signal, explainError, onBodyEnd) };
    return { ...head, body: new Uint8Array(await abortable(response.arrayBuffer(), signal)) };
  } catch (error) {
    throw explainError(error);
  }
}

/** A body whose reader gets `ClientError`s. */
function explained(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal | undefined,
  explain: (error: unknown) => unknown,
  onEnd: (() => void) | undefined,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await abortable(reader.read(), signal);
          if (!done) return controller.enqueue(value);
          onEnd?.();
          controller.close();
        } catch (error) {
          onEnd?.();
          controller.error(explain(error));
          reader.cancel(error).catch(() => {});
        }
      },
      cancel(reason) {
        onEnd?.();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Whether `fetch` is told to leave a stored body encoded. Only Bun can; elsewhere it is decoded, and `isDecoded` says so. */
function staysPacked(isStored: boolean | undefined): boolean {
  return isStored === true && platform === 'bun';
}

function redirected(host: string): ClientError {
  const message = `Cannot call '${host}': it redirects, which no service does; is the region right?`;
  return new ClientError('connectionFailed', message);
}

function initOf(
  { method, headers, body }: HttpRequest,
  signal: AbortSignal | undefined,
  isStored: boolean | undefined,
): RequestInit {
  const { host: _, ...sent } = headers;
  const init: RequestInit & { duplex?: 'half'; decompress?: false } = {
    method,
    headers: sent,
    redirect: 'manual',
  };
  if (staysPacked(isStored)) init.decompress = false;
  if (signal !== undefined) init.signal = signal;
  if (!(body instanceof Uint8Array)) {
    init.body = body;
    init.duplex = 'half';
  } else if (body.length > 0) {
    init.body = body as Uint8Array<ArrayBuffer>;
  }
  return init;
}

function explain(thrown: unknown, host: string, hasAnswered: boolean): unknown {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
  const { message, cause } = error;
  // The error of a streaming request body: some runtimes reject with it, some make it the cause.
  if (cause instanceof ClientError) return cause;
  const denial = explainDenial(error, `connect to '${host}'`, `--allow-net=${host}`);
  if (denial !== error) return denial;
  const words = cause instanceof Error ? `${message} (${cause.message})` : message;
  // Browsers do not tell a page why a request failed; often the service's CORS rules are the reason.
  const page = hasAnswered ? undefined : globals.location?.origin;
  const advice = page ? `; it is not running, or does not allow pages of ${page} (CORS)` : '';
  return hasAnswered
    ? brokenOff(error, host, words)
    : connectionError(error, host, { words: words + advice });
}
