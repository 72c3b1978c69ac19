import type { ClientProtocolFactory } from '@latchkey/wire/protocol';
import type { ServiceIdentity } from '@latchkey/wire/schema';
import type { EndpointResolver } from './endpoints/endpoint.ts';
import type { EventStreams } from './event-streams.ts';
import type { Feature } from './feature.ts';
import type { evaluate } from './jmespath/evaluate.ts';
import type { ServiceErrorConstructor } from './service-error.ts';
import type { OpenTransport } from './transport/transport.ts';

/** What the runtime has to know of a service; the static `ApiMetadata` of a generated client. */
export interface ApiMetadata {
  /** `sdkId` of `aws.api#service`, e.g. `SSO OIDC`. */
  readonly serviceId: string;
  /** Shape name, namespace and version, as protocols need them. */
  readonly service: ServiceIdentity;
  /** `aws.auth#sigv4` name. */
  readonly signingName: string;
  /** From `@latchkey/client/protocols/...`. */
  readonly protocol: ClientProtocolFactory;
  /** From `@latchkey/client/endpoints/...`. */
  readonly endpoints: EndpointResolver;
  /** The class of each modelled error, by its shape name. */
  readonly errors: Readonly<Record<string, ServiceErrorConstructor>>;
  /** What only some services need, in the order in which it is applied to a request. */
  readonly features?: readonly Feature[];
  /** From `@latchkey/client/event-streams`, where an operation has one. */
  readonly eventStreams?: EventStreams;
  /** From `@latchkey/client/http2`, where an operation needs it. */
  readonly http2?: OpenTransport;
  /** From `@latchkey/client/jmespath/evaluate`, where a path leads to a parameter of the endpoint rules. */
  readonly jmesPath?: typeof evaluate;
}
