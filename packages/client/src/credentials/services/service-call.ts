import type { Bytes, ClientProtocol, ClientRequest, StructureValue } from '@latchkey/wire';
import { clientSettings } from '../../client-settings.ts';
import { systemClock } from '../../clock.ts';
import type { Settings } from '../../config-files/settings.ts';
import { standardEndpoints } from '../../endpoints/standard.ts';
import { ServiceClient } from '../../service-client.ts';
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
export interface ServiceCall<Output extends StructureValue> {
  readonly serviceId: string;
  readonly signingName: string;
  /** What comes before `.us-east-1.amazonaws.com`. */
  readonly hostPrefix: string;
  readonly operation: string;
  readonly request: Omit<ClientRequest, 'body'> & { readonly body: string };
  /** Errors that are worth another try though their status does not say so. */
  readonly retryable?: readonly string[];
  parse(text: string): Output;
  parseError(text: string): ErrorAnswer;
}

/** What the body of an error says. */
export interface ErrorAnswer {
  readonly name?: string | undefined;
  readonly message?: string | undefined;
}

/** Sends it as any client does: with retries, time limits, signature. */
export async function callService<Output extends StructureValue>(
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
    options: {},
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
    return await client.call<Output>({ name, input: nothing, output: nothing, errors, auth }, {});
  } finally {
    (await transport).close();
  }
}

function protocolOf(call: ServiceCall<StructureValue>): ClientProtocol {
  return {
    renderInput: () => ({ ...call.request, body: new TextEncoder().encode(call.request.body) }),
    parseOutput: (_operation, { body }) => call.parse(textOf(body)),
    parseError(_operation, { status, headers, body }) {
      const { name, message } = call.parseError(textOf(body));
      return {
        name: headers['x-amzn-errortype']?.split(':')[0] ?? name ?? 'Unknown',
        message,
        modeled: false,
        members: {},
        status,
        requestId: headers['x-amzn-requestid'],
      };
    },
  };
}

function textOf(body: Bytes): string {
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : '';
}
