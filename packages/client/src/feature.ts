import type { Bytes, ClientRequest, ReceivedResponse, WireRequest } from '@latchkey/wire/http';
import type { SigV4SigningOptions } from '@latchkey/wire/sigv4/signing-options';
import type { Operation } from './operation.ts';

/** What a feature sees of a call. */
export interface FeatureContext {
  readonly operation: Operation;
  readonly input: Readonly<Record<string, unknown>>;
  /** API version of the service. */
  readonly version: string;
  /** Whether the call is made into a URL for somebody else, whose body is not known here. */
  readonly isPresigned: boolean;
  /** What environment or profile say, by the key in the profile. */
  setting(key: string): string | undefined;
}

/** A request on its way, with its `host`, about to be signed. */
export interface Unsigned {
  readonly request: ClientRequest;
  /** Whether it goes over TLS, which also keeps its body from being changed. */
  readonly secure: boolean;
  /** Undefined when the call is anonymous. */
  readonly signing: Signing | undefined;
}

export interface Signing extends SigV4SigningOptions {
  /** Milliseconds since the Unix epoch, by the clock of the service. */
  readonly now: () => number;
  /** Only for `sigv4a`: the regions that the signature is to be good for. */
  readonly regionSet: readonly string[] | undefined;
}

/**
 * Something that only some services need (checksums, compression, the ways of one service), imported by the generated
 * clients that need it, so that others do not carry it.
 */
export interface Feature {
  /** Sent in the user agent, where AWS has given the feature a letter there. */
  readonly userAgentId?: string;
  /** Changes the input before it is written. */
  input?(context: FeatureContext): Readonly<Record<string, unknown>>;
  /** The endpoint of one call, where the input decides it. */
  endpoint?(context: FeatureContext): string | undefined;
  /** Changes the request before it is signed; called once a call, before the first attempt. */
  request?(request: ClientRequest, context: FeatureContext): ClientRequest | Promise<ClientRequest>;
  /** A way to sign that the feature brings, as endpoints name it. */
  readonly authScheme?: 'sigv4a';
  /** Signs in the feature's own way, for each attempt. @returns undefined to leave it to the next feature */
  sign?(unsigned: Unsigned): Promise<WireRequest<Bytes>> | undefined;
  /** Changes or checks a response before it is read. */
  response?(
    response: ReceivedResponse<Bytes>,
    context: FeatureContext,
  ): ReceivedResponse<Bytes> | Promise<ReceivedResponse<Bytes>>;
}
