import type { ClientProtocolFactory } from '@latchkey/wire/protocol';
import type { ServiceIdentity } from '@latchkey/wire/schema';
import type { EndpointDiscovery } from './endpoint-discovery.ts';
import type { EndpointResolver } from './endpoints/endpoint.ts';
import type { EventStreams } from './event-streams.ts';
import type { Feature } from './feature.ts';
import type { evaluate } from './jmespath/evaluate.ts';
import type { ServiceErrorConstructor } from './service-error.ts';
import type { OpenTransport } from './transport/transport.ts';

/** What the runtime must know about a service; the static `ApiMetadata` of a generated client. */
export interface ApiMetadata {
  /** `sdkId` of `aws.api#service`, e.g. `SSO OIDC`. */
  readonly serviceId: string;
  /** Shape name, namespace and version, as protocols need them. */
  readonly service: ServiceIdentity;
  /** Name in `aws.auth#sigv4`. */
  readonly signingName: string;
  /** `endpointPrefix` of `aws.api#service`, where it is not the signing name. */
  readonly endpointPrefix?: string;
  /** From `@latchkey/client/protocols/...`. */
  readonly protocol: ClientProtocolFactory;
  /** From `@latchkey/client/endpoints/...`. */
  readonly endpoints: EndpointResolver;
  /** Class of each modelled error, by shape name. */
  readonly errors: Readonly<Record<string, ServiceErrorConstructor>>;
  /** Features that this service needs, in the order in which they are applied to a request. */
  readonly features?: readonly Feature[];
  /** Endpoint discovery of the service (`aws.api#clientEndpointDiscovery`). */
  readonly endpointDiscovery?: {
    /** Name of the operation that tells endpoints. */
    readonly operation: string;
    /** Name of the error by which the service says that an endpoint is not right any more. */
    readonly error?: string;
    /** From `@latchkey/client/endpoint-discovery`. */
    readonly discovery: typeof EndpointDiscovery;
  };
  /** From `@latchkey/client/event-streams`, where an operation has an event stream. */
  readonly eventStreams?: EventStreams;
  /** From `@latchkey/client/http2`, where an operation needs HTTP/2. */
  readonly http2?: OpenTransport;
  /** From `@latchkey/client/jmespath/evaluate`, where the endpoint rules take a parameter by a JMESPath expression. */
  readonly jmesPath?: typeof evaluate;
}
