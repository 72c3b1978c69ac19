import type { Bytes, ClientRequest, ReceivedResponse } from '@latchkey/wire';
import type { Operation } from './operation.ts';

/** What a feature sees of a call. */
export interface FeatureContext {
  readonly operation: Operation;
  readonly input: Readonly<Record<string, unknown>>;
  /** API version of the service. */
  readonly version: string;
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
  /** Changes the request before it is signed; called once a call, before the first attempt. */
  request?(request: ClientRequest, context: FeatureContext): ClientRequest | Promise<ClientRequest>;
  /** Changes or checks a response before it is read. */
  response?(
    response: ReceivedResponse<Bytes>,
    context: FeatureContext,
  ): ReceivedResponse<Bytes> | Promise<ReceivedResponse<Bytes>>;
}
