import type { Bytes, ClientRequest, ReceivedResponse, WireRequest } from '@latchkey/wire/http';
import type { StructureValue } from '@latchkey/wire/protocol';
import type { SigV4SigningOptions } from '@latchkey/wire/sigv4/signing-options';
import type { ApiFactoryOptions } from './api-factory-options.ts';
import type { EndpointParams } from './endpoints/endpoint.ts';
import type { Operation } from './operation.ts';
import type { ServiceError } from './service-error.ts';

/** What a feature knows about a call. */
export interface FeatureContext {
  readonly operation: Operation;
  readonly input: Readonly<Record<string, unknown>>;
  /** API version of the service. */
  readonly version: string;
  /** Whether the call is presigned: it becomes a URL for somebody else, who sends a body not known here. */
  readonly isPresigned: boolean;
  /** A setting from environment or profile, by its key in the profile and the block that it is nested in, if it is. */
  setting(key: string, block?: string): string | undefined;
  /** URL that the client's requests are sent to in place of the service's own. */
  readonly customEndpoint: string | undefined;
  /** `endpointSettings` of the `ApiFactory`. */
  readonly endpointSettings: ApiFactoryOptions['endpointSettings'];
}

/** Regions that a service has sent the calls of a client to, by what they depend on: a bucket, say. */
export interface LearnedRegions {
  readonly regions: Map<string, string>;
  /** `followRegionRedirects` of the `ApiFactory`. */
  readonly follow: boolean;
}

/** A request that is about to be signed. It has its `host` header. */
export interface Unsigned {
  readonly request: ClientRequest;
  /** Whether it is sent over TLS, which also protects the body against changes. */
  readonly secure: boolean;
  /** Undefined when the call is anonymous. */
  readonly signing: Signing | undefined;
}

/** What a request is signed with. */
export interface Signing extends SigV4SigningOptions {
  /** Current time in milliseconds since the Unix epoch, by the clock of the service. */
  readonly now: () => number;
  /** Only for `sigv4a`: the regions in which the signature is valid. */
  readonly regionSet: readonly string[] | undefined;
}

/**
 * Behaviour that only some services need: checksums, compression, what one service does its own way. Only the generated
 * clients that need a feature import it, so that the others stay small.
 */
export interface Feature {
  /** The feature's letter in the user agent, where AWS has one for it. */
  readonly userAgentId?: string;
  /** Changes the input before it is written. */
  input?(context: FeatureContext): Readonly<Record<string, unknown>>;
  /** The endpoint of one call, where the input decides it. */
  endpoint?(context: FeatureContext): string | undefined;
  /** Endpoint parameters of one call beside those of the model. */
  endpointParams?(context: FeatureContext): EndpointParams | undefined;
  /** The region of a call, where the service has sent such calls elsewhere before. */
  region?(context: FeatureContext, learned: LearnedRegions): string | undefined;
  /** Remembers the region that an error names. @returns whether the call, prepared again, goes there */
  learnRegion?(error: ServiceError, context: FeatureContext, learned: LearnedRegions): boolean;
  /** Changes the request before it is signed; called once a call, before the first attempt. */
  request?(request: ClientRequest, context: FeatureContext): ClientRequest | Promise<ClientRequest>;
  /** Name of the auth scheme that the feature implements, as endpoints name it. */
  readonly authScheme?: 'sigv4a';
  /** Signs an attempt. @returns undefined to leave it to the next feature */
  sign?(unsigned: Unsigned): Promise<WireRequest<Bytes>> | undefined;
  /** Changes or checks a response before it is read. */
  response?(
    response: ReceivedResponse<Bytes>,
    context: FeatureContext,
  ): ReceivedResponse<Bytes> | Promise<ReceivedResponse<Bytes>>;
  /**
   * Checks the output of a successful call before the caller gets it.
   *
   * @throws {ClientError} `badResponse` where the output is not what was asked for; the call is not sent again
   */
  checkOutput?(output: StructureValue, context: FeatureContext): void;
}
