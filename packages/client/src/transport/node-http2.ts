import type { ClientHttp2Stream, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';
import type { Bytes, ReceivedResponse } from '@latchkey/wire/http';
import { aborted } from '../call/deadline.ts';
import { ClientError } from '../client-error.ts';
import { explainDenial } from '../platform/deno-permission.ts';
import { brokenOff, connectionError, undecodable } from './connection-error.ts';
import { decodeBody } from './decode-body.ts';
import { type Http2SessionOptions, Http2Sessions, noError } from './http2-sessions.ts';
import { incomingStream } from './incoming-stream.ts';
import { sendBody } from './send-body.ts';
import type { HttpRequest, SendOptions, Transport } from './transport.ts';

const cancelled = 8;

/** Transport over `node:http2`, with or without TLS. Sends the body while the answer arrives. */
export function nodeHttp2Transport(options: Http2SessionOptions): Transport {
  const sessions = new Http2Sessions(options);
  return {
    async send(request, sendOptions) {
      const { body } = request;
      const isEmpty = body instanceof Uint8Array && body.length === 0;
      const stream = await sessions.request(request, headersFor(request), isEmpty).catch((error: Error) => {
        throw explained(error, request.host);
      });
      return exchange(stream, request, sendOptions);
    },
    close: () => sessions.close(),
  };
}

function headersFor({ method, secure, host, path, headers, body }: HttpRequest): OutgoingHttpHeaders {
  const { host: _, ...sent } = headers;
  return {
    ':method': method,
    ':scheme': secure ? 'https' : 'http',
    ':authority': host,
    ':path': path,
    ...(body instanceof Uint8Array && body.length > 0 && { 'content-length': body.length }),
    ...sent,
  };
}

function exchange(
  stream: ClientHttp2Stream,
  { host, body }: HttpRequest,
  { signal, streams, isStored, onBodyEnd }: SendOptions,
): Promise<ReceivedResponse<Bytes>> {
  const stop = (error?: Error) => {
    stream.close(cancelled);
    stream.destroy(error);
  };
  const isWhole = () => stream.rstCode === noError;
  const abort = () => stop(new Error('aborted'));
  let hasAnswered = false;
  const explain = (error: Error) => {
    if (signal?.aborted === true) return aborted(signal);
    return hasAnswered ? brokenOff(reasonOf(error), host) : explained(reasonOf(error), host);
  };
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      stop();
      reject(explain(error));
    };
    signal?.addEventListener('abort', abort);
    if (signal?.aborted === true) abort();
    stream.once('close', () => {
      signal?.removeEventListener('abort', abort);
      onBodyEnd?.();
      fail(new Error('the service ended the call without an answer'));
    });
    stream.on('error', fail);
    // When the service has ended its answer, nothing more needs to be sent to it.
    stream.once('end', () => stream.close(noError));
    stream.once('response', (received) => {
      hasAnswered = true;
      const head = { status: received[':status'] ?? 0, headers: headersOf(received) };
      if (streams && head.status < 300) {
        resolve({ ...head, body: incomingStream(stream, { explain, isWhole, stop }) });
        return;
      }
      const chunks: Uint8Array[] = [];
      stream.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      stream.once('end', () => {
        if (!isWhole()) return;
        const response = { ...head, body: Buffer.concat(chunks) };
        try {
          resolve(isStored === true && head.status < 300 ? response : decodeBody(response));
        } catch (error) {
          reject(undecodable(error, head.headers, host));
        }
      });
    });
    sendBody(stream, body, fail);
  });
}

function explained(reason: Error, host: string): Error {
  const denial = explainDenial(reason, `connect to '${host}'`, `--allow-net=${host}`);
  return denial instanceof ClientError ? denial : connectionError(reason, host);
}

/** The cause of a stream's error: where it failed with its connection, the error of that connection. */
function reasonOf(error: Error & { readonly code?: unknown }): Error {
  if (error.code === 'ERR_HTTP2_STREAM_CANCEL' && error.cause instanceof Error) return reasonOf(error.cause);
  const isOther = error.code === 'ERR_HTTP2_ERROR' || error.message.includes('no application protocol');
  if (!isOther) return error;
  return new Error('it does not speak HTTP/2, which the operation needs', { cause: error });
}

function headersOf(received: IncomingHttpHeaders): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const name in received) {
    const value = received[name];
    if (value !== undefined && !name.startsWith(':')) joined[name] = String(value);
  }
  return joined;
}
