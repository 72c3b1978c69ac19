import type { Bytes, ClientRequest } from '@latchkey/wire/http';
import type { ClientProtocol } from '@latchkey/wire/protocol';
import { SendingClient } from '../../call/sending-client.ts';
import { ClientError } from '../../client-error.ts';
import { clientSettings } from '../../client-settings.ts';
import { systemClock } from '../../clock.ts';
import type { Settings } from '../../config-files/settings.ts';
import { standardEndpoints } from '../../endpoints/standard.ts';
import { ServiceError } from '../../service-error.ts';
import { openTransport } from '../../transport/open-transport.ts';
import type { CredentialContext, Credentials } from '../credentials.ts';

/** Region, settings and credentials with which a provider calls a service. */
export interface Caller {
  readonly region: string;
  readonly settings: Settings;
  /** Absent where the operation is not signed. */
  readonly credentials?: Credentials;
  readonly context: CredentialContext | undefined;
}

/**
 * One call of a provider, with its wire format written by hand: a protocol and schemas would be many times as large, and
 * be part of programs that never call these services.
 */
export interface ServiceCall<Output extends object> {
  /** Purpose, for error messages, e.g. `refresh the sign-in`. */
  readonly purpose: string;
  readonly serviceId: string;
  readonly signingName: string;
  /** First part of the host, before `.us-east-1.amazonaws.com`. */
  readonly hostPrefix: string;
  readonly operation: string;
  readonly request: Omit<ClientRequest, 'body'> & { readonly body: string };
  /** Names of errors that are retried although their status does not say so. */
  readonly retryable?: readonly string[];
  /** Parses the body of an answer. @returns `undefined` when something is missing in it */
  parse(text: string): Output | undefined;
  parseError(text: string): ErrorAnswer;
}

/** What the body of an error answer says. */
export interface ErrorAnswer {
  readonly name?: string | undefined;
  readonly message?: string | undefined;
}

/** Time limit of an attempt. Other calls wait for these; without a limit they could wait for ever. */
const attemptTimeoutMs = 20_000;

/**
 * Sends a call as any client does: signed, with retries and time limits.
 *
 * @throws {ClientError} `credentialsFailed` when the service answers an error, which is the `cause`, or an answer that
 *   cannot be parsed
 */
export async function callService<Output extends object>(
  call: ServiceCall<Output>,
  { region, settings, credentials, context }: Caller,
): Promise<Output> {
  const { serviceId, signingName, hostPrefix, operation: name, retryable = [] } = call;
  const transport = openTransport({ fetch: context?.fetch, agent: context?.agent });
  const metadata = {
    serviceId,
    service: { name: serviceId, namespace: '', version: '' },
    signingName,
    protocol: () => protocolOf(call),
    endpoints: standardEndpoints({ prefix: hostPrefix }),
    errors: {},
  };
  const client = new SendingClient(metadata, {
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

/** Whether an error of `callService` is an error answer with one of these names. */
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

/** Shape name of an error, without the namespace before it and the URL after it. */
function plainName(name: string | undefined): string | undefined {
  return name?.replace(/:.*/, '').replace(/.*#/, '');
}

function textOf(body: Bytes): string {
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : '';
}
