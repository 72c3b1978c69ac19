import type { Bytes, ClientRequest } from '@latchkey/wire/http';
import type { ClientProtocol } from '@latchkey/wire/protocol';
import { ServiceClient } from '../../call/service-client.ts';
import { ClientError } from '../../client-error.ts';
import { clientSettings } from '../../client-settings.ts';
import { systemClock } from '../../clock.ts';
import type { Settings } from '../../config-files/settings.ts';
import { standardEndpoints } from '../../endpoints/standard.ts';
import { ServiceError } from '../../service-error.ts';
import { openTransport } from '../../transport/open-transport.ts';
import type { CredentialContext, Credentials } from '../credentials.ts';

/** Where and as whom a provider calls a service. */
export interface Caller {
  readonly region: string;
  readonly settings: Settings;
  /** Absent where the operation is not signed. */
  readonly credentials?: Credentials;
  readonly context: CredentialContext | undefined;
}

/**
 * One call that a provider makes, with its wire form written by hand: a protocol and the schemas of its shapes would be
 * many times as large, and programs that never call these services would carry them.
 */
export interface ServiceCall<Output extends object> {
  /** What it is for, in an error, e.g. `refresh the sign-in`. */
  readonly purpose: string;
  readonly serviceId: string;
  readonly signingName: string;
  /** What comes before `.us-east-1.amazonaws.com`. */
  readonly hostPrefix: string;
  readonly operation: string;
  readonly request: Omit<ClientRequest, 'body'> & { readonly body: string };
  /** Errors that are worth another try though their status does not say so. */
  readonly retryable?: readonly string[];
  /** @returns `undefined` when the answer does not hold what it should */
  parse(text: string): Output | undefined;
  parseError(text: string): ErrorAnswer;
}

/** What the body of an error says. */
export interface ErrorAnswer {
  readonly name?: string | undefined;
  readonly message?: string | undefined;
}

/** Other calls wait for these, and would for ever. */
const attemptTimeoutMs = 20_000;

/**
 * Sends it as any client does: with retries, time limits, signature.
 *
 * @throws {ClientError} `credentialsFailed` when the service refuses, which is the `cause`, or answers nonsense
 */
export async function callService<Output extends object>(
  call: ServiceCall<Output>,
  { region, settings, credentials, context }: Caller,
): Promise<Output> {
  const { serviceId, signingName, hostPrefix, operation: name, retryable = [] } = call;
  const transport = openTransport({ fetch: context?.fetch });
  const metadata = {
    serviceId,
    service: { name: serviceId, namespace: '', version: '' },
    signingName,
    protocol: () => protocolOf(call),
    endpoints: standardEndpoints({ prefix: hostPrefix }),
    errors: {},
  };
  const client = new ServiceClient(metadata, {
    options: { attemptTimeoutMs },
    clock: { ...systemClock, now: context?.now ?? Date.now },
    identities: {
      credentials: credentials && (async () => credentials),
      areGiven: true,
      bearerToken: () => undefined,
    },
    settingsOf: async () => clientSettings({ region }, settings, serviceId),
    transport: () => transport,
  });
  const nothing = { type: 'structure', name, members: {} } as const;
  const errors = retryable.map((error) => ({
    ...nothing,
    name: error,
    fault: 'client' as const,
    status: 400,
    retryable: { throttling: false },
  }));
  const auth = credentials === undefined ? [] : (['sigv4'] as const);
  try {
    const { output } = await client.call<{ output?: Output }>(
      { name, input: nothing, output: nothing, errors, auth },
      {},
    );
    if (output !== undefined) return output;
    throw failed(call, `${serviceId} answered without it`);
  } catch (error) {
    throw error instanceof ServiceError ? failed(call, error.message || error.name, error) : error;
  } finally {
    (await transport).close();
  }
}

/** Whether the service refused, with one of these errors. */
export function isRefusal(error: unknown, names: RegExp): boolean {
  return error instanceof ClientError && error.cause instanceof ServiceError && names.test(error.cause.name);
}

function failed({ purpose }: ServiceCall<object>, problem: string, cause?: ServiceError): ClientError {
  return new ClientError('credentialsFailed', `Cannot ${purpose}: ${problem}`, { cause });
}

function protocolOf(call: ServiceCall<object>): ClientProtocol {
  return {
    renderInput: () => ({ ...call.request, body: new TextEncoder().encode(call.request.body) }),
    parseOutput: (_operation, { body }) => ({ output: call.parse(textOf(body)) }),
    parseError(_operation, { status, headers, body }) {
      const { name, message } = call.parseError(textOf(body));
      return {
        name: plainName(headers['x-amzn-errortype'] ?? name) ?? 'Unknown',
        message,
        modeled: false,
        members: {},
        status,
        requestId: headers['x-amzn-requestid'],
      };
    },
  };
}

/** Shape name of an error, which may have a namespace before it and an address behind. */
function plainName(name: string | undefined): string | undefined {
  return name?.replace(/:.*/, '').replace(/.*#/, '');
}

function textOf(body: Bytes): string {
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : '';
}
