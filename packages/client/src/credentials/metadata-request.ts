import { deadline } from '../call/deadline.ts';
import { ClientError } from '../client-error.ts';
import { openTransport } from '../transport/open-transport.ts';
import type { CredentialContext } from './credentials.ts';

export interface MetadataRequest {
  readonly method?: 'GET' | 'PUT';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly attempts: number;
}

export interface MetadataAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * Sends a request to a metadata service on the machine or its network. The time limit is short: such a service is near,
 * so where no answer comes soon there is none. It is never asked through a proxy.
 *
 * @throws {ClientError} `connectionFailed` when no attempt was answered; `permissionDenied`
 */
export async function requestMetadata(
  { method = 'GET', url, headers, timeoutMs, attempts }: MetadataRequest,
  context: CredentialContext | undefined,
): Promise<MetadataAnswer> {
  const { protocol, host, pathname, search } = new URL(url);
  const request = {
    method,
    secure: protocol === 'https:',
    host,
    path: pathname + search,
    headers: { host, ...headers },
    body: new Uint8Array(),
  };
  const transport = await openTransport({ fetch: context?.fetch, isDirect: true });
  try {
    for (let attempt = 1; ; attempt += 1) {
      const limit = deadline(undefined, timeoutMs, `An answer from ${url}`);
      try {
        const { status, body } = await transport.send(request, { signal: limit.signal, streams: false });
        if (status < 500 || attempt >= attempts)
          return { status, body: body instanceof Uint8Array ? new TextDecoder().decode(body) : '' };
      } catch (error) {
        if (error instanceof ClientError && error.code === 'permissionDenied') throw error;
        if (attempt >= attempts)
          throw new ClientError('connectionFailed', `no answer from ${url}`, { cause: error });
      } finally {
        limit.clear();
      }
    }
  } finally {
    transport.close();
  }
}
