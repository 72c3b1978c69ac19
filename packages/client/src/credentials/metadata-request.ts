import { ClientError } from '../client-error.ts';
import { explainDenial } from '../platform/deno-permission.ts';
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
 * Asks a service on the machine or its network. It is close by, so that no answer soon means that it is not there.
 *
 * @throws {ClientError} `connectionFailed` when it did not answer, however often it was asked
 */
export async function requestMetadata(
  { method = 'GET', url, headers = {}, timeoutMs, attempts }: MetadataRequest,
  context: CredentialContext | undefined,
): Promise<MetadataAnswer> {
  const send = context?.fetch ?? fetch;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await send(url, { method, headers, signal, redirect: 'error' });
      const answer = { status: response.status, body: await response.text() };
      if (answer.status < 500 || attempt >= attempts) return answer;
    } catch (error) {
      const denied = explainDenial(error, `reach ${url}`, `--allow-net=${new URL(url).host}`);
      if (denied !== error) throw denied;
      if (attempt >= attempts)
        throw new ClientError('connectionFailed', `no answer from ${url}`, { cause: error });
    }
  }
}
