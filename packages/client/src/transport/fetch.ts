import type { Bytes, ReceivedResponse } from '@latchkey/wire';
import { ClientError } from '../client-error.ts';
import type { HttpRequest, SendOptions, Transport } from './transport.ts';

/** Sends with `fetch`: the platform's own, or one that the caller brings. */
export function fetchTransport(fetch: typeof globalThis.fetch): Transport {
  return {
    send: (request, options) => send(fetch, request, options),
    close() {},
  };
}

async function send(
  fetch: typeof globalThis.fetch,
  request: HttpRequest,
  { signal, streams }: SendOptions,
): Promise<ReceivedResponse<Bytes>> {
  const url = `http${request.secure ? 's' : ''}://${request.host}${request.path}`;
  try {
    const response = await fetch(url, initOf(request, signal));
    const { status, body } = response;
    const headers = Object.fromEntries(response.headers);
    if (streams && status < 300 && body !== null) return { status, headers, body };
    return { status, headers, body: new Uint8Array(await response.arrayBuffer()) };
  } catch (error) {
    signal?.throwIfAborted();
    throw explain(error, request.host);
  }
}

function initOf({ method, headers, body }: HttpRequest, signal: AbortSignal | undefined): RequestInit {
  const { host: _, ...sent } = headers;
  const init: RequestInit & { duplex?: 'half' } = { method, headers: sent, redirect: 'manual' };
  if (signal !== undefined) init.signal = signal;
  if (!(body instanceof Uint8Array)) {
    init.body = body;
    init.duplex = 'half';
  } else if (body.length > 0) {
    init.body = body as Uint8Array<ArrayBuffer>;
  }
  return init;
}

function explain(error: unknown, host: string): ClientError {
  if (error instanceof Error && (error.name === 'NotCapable' || error.name === 'PermissionDenied')) {
    return new ClientError(
      'permissionDenied',
      `Cannot connect to '${host}': Deno may not use the network: add --allow-net=${host}`,
      { cause: error },
    );
  }
  return new ClientError('connectionFailed', `Cannot connect to '${host}': ${messageOf(error)}`, {
    cause: error,
  });
}

function messageOf(error: unknown): string {
  const { message, cause } = error instanceof Error ? error : { message: String(error), cause: undefined };
  return cause instanceof Error ? `${message} (${cause.message})` : message;
}
