import { abortable } from './call/deadline.ts';
import { ClientError } from './client-error.ts';
import type { Clock } from './clock.ts';
import type { Operation } from './operation.ts';
import { ServiceError } from './service-error.ts';

/** The client whose endpoints are discovered. */
export interface DiscoveringClient {
  readonly metadata: {
    readonly serviceId: string;
    readonly endpointDiscovery?: {
      /** Name of the operation that tells endpoints, e.g. `DescribeEndpoints`. */
      readonly operation: string;
      /** Name of the error by which the service says that an endpoint is not right any more. */
      readonly error?: string;
    };
  };
  readonly clock: Pick<Clock, 'now'>;
  /** Calls an operation of the service: at its own endpoint, where the operation's is not discovered. */
  call(operation: Operation, input: object): Promise<unknown>;
}

/** Settings that say whether endpoints are discovered. */
export interface DiscoverySettings {
  /** Undefined: only where an operation cannot be called without. */
  readonly discoversEndpoints: boolean | undefined;
  /** URL that all calls go to, so that nothing is discovered. */
  readonly endpointUrl: string | undefined;
}

interface Found {
  /** Undefined where the service could not be asked, and the call need not know. */
  readonly url: URL | undefined;
  readonly expiresAtMs: number;
}

/** Endpoints that are remembered at once, each for one set of identifiers. */
const maxFound = 1000;
/** Time until a service that could not be asked is asked again. */
const retryMs = 60_000;

const text = { target: { type: 'string' } } as const;

/**
 * Asks a service which endpoint its calls go to, and remembers it for as long as the service says
 * (`aws.api#clientEndpointDiscovery`).
 */
export class EndpointDiscovery {
  readonly #client: DiscoveringClient;
  readonly #found = new Map<string, Found>();
  readonly #asking = new Map<string, Promise<Found>>();

  constructor(client: DiscoveringClient) {
    this.#client = client;
  }

  /**
   * The endpoint of a call.
   *
   * @returns undefined where it is not discovered; also where it is not known, and the call need not know it
   * @throws {ClientError} `badConfiguration` where an operation cannot be called without, and discovery is turned off
   * @throws what the service answered, for an operation that cannot be called without
   */
  async find(
    operation: Operation,
    input: object,
    { discoversEndpoints, endpointUrl }: DiscoverySettings,
    signal?: AbortSignal,
  ): Promise<URL | undefined> {
    if (operation.discovery === undefined) return undefined;
    const isRequired = operation.discovery.required;
    if (endpointUrl !== undefined || (!isRequired && discoversEndpoints !== true)) return undefined;
    if (discoversEndpoints === false) {
      const message = `Cannot call ${operation.name} of ${this.#client.metadata.serviceId}: its endpoint must be discovered, which endpointDiscoveryEnabled, AWS_ENABLE_ENDPOINT_DISCOVERY or the profile turns off`;
      throw new ClientError('badConfiguration', message);
    }
    const key = keyOf(operation, input);
    const known = this.#found.get(key);
    if (known !== undefined && known.expiresAtMs > this.#client.clock.now()) return known.url;
    try {
      const { url } = await abortable(this.#ask(key, operation, input), signal);
      return url;
    } catch (error) {
      if (signal?.aborted === true) throw error;
      if (known?.url === undefined && isRequired) throw error;
      // An endpoint that has expired is better than none.
      this.#remember(key, { url: known?.url, expiresAtMs: this.#client.clock.now() + retryMs });
      return known?.url;
    }
  }

  /** Forgets the endpoint of a call where its error says that it is not right any more. @returns whether it does */
  forget(operation: Operation, input: object, error: unknown): boolean {
    const isStale =
      operation.discovery !== undefined &&
      error instanceof ServiceError &&
      (error.name === this.#client.metadata.endpointDiscovery?.error || error.response.status === 421);
    if (isStale) this.#found.delete(keyOf(operation, input));
    return isStale;
  }

  /** Asks once for all calls that wait for the same answer. */
  #ask(key: string, operation: Operation, input: object): Promise<Found> {
    const asking =
      this.#asking.get(key) ?? this.#describe(key, operation, input).finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    return asking;
  }

  async #describe(key: string, { name, discovery }: Operation, input: object): Promise<Found> {
    const { operation: telling = '' } = this.#client.metadata.endpointDiscovery ?? {};
    const identifiers = identifiersOf(discovery?.ids, input);
    const described = discovery?.ids === undefined ? {} : { Operation: name, Identifiers: identifiers };
    const answer = await this.#client.call(describing(telling), described);
    const { Endpoints: [endpoint] = [] } = answer as {
      readonly Endpoints?: readonly { readonly Address?: string; readonly CachePeriodInMinutes?: number }[];
    };
    const host = endpoint?.Address?.replace(/^https:\/\//, '') ?? '';
    const address = `https://${host}`;
    if (!URL.canParse(address) || host.includes('://')) {
      throw new ClientError(
        'noEndpoint',
        `Cannot call ${name}: ${telling} answered "${host}", which is no endpoint`,
      );
    }
    const periodMs = (endpoint?.CachePeriodInMinutes ?? 1) * 60_000;
    const found = { url: new URL(address), expiresAtMs: this.#client.clock.now() + periodMs };
    this.#remember(key, found);
    return found;
  }

  #remember(key: string, found: Found): void {
    if (this.#found.size >= maxFound) this.#found.delete(this.#found.keys().next().value as string);
    this.#found.set(key, found);
  }
}

/** The operation that tells endpoints: the trait prescribes its input and output. */
function describing(name: string): Operation {
  const endpoint = {
    type: 'structure',
    name: 'Endpoint',
    members: { Address: text, CachePeriodInMinutes: { target: { type: 'long' } } },
  } as const;
  const identifiers = { type: 'map', key: text, value: text } as const;
  return {
    name,
    auth: ['sigv4'],
    errors: [],
    input: {
      type: 'structure',
      name: `${name}Request`,
      members: { Operation: text, Identifiers: { target: identifiers } },
    },
    output: {
      type: 'structure',
      name: `${name}Response`,
      members: { Endpoints: { target: { type: 'list', member: { target: endpoint } } } },
    },
  };
}

/** Calls share an endpoint where they have no identifiers, else with calls of their operation with the same ones. */
function keyOf({ name, discovery }: Operation, input: object): string {
  if (discovery?.ids === undefined) return '';
  return JSON.stringify([name, identifiersOf(discovery.ids, input)]);
}

function identifiersOf(ids: readonly string[] = [], input: object): Readonly<Record<string, string>> {
  const values = input as Readonly<Record<string, unknown>>;
  return Object.fromEntries(ids.flatMap((id) => (typeof values[id] === 'string' ? [[id, values[id]]] : [])));
}
