import type { OperationSchema } from '@latchkey/wire/schema';

/** An operation, as generated clients describe it to the runtime. */
export interface Operation extends OperationSchema {
  /** Whether it needs HTTP/2, as the protocol trait says about event streams (`eventStreamHttp`). */
  readonly http2?: true;
  /** How the operation's endpoint is discovered (`aws.api#clientDiscoveredEndpoint`). */
  readonly discovery?: {
    /** Whether the operation cannot be called at the service's own endpoint. */
    readonly required: boolean;
    /** Members of the input that decide about the endpoint (`aws.api#clientEndpointDiscoveryId`). */
    readonly ids?: readonly string[];
  };
  /** Sources of the endpoint parameters that depend on the operation. */
  readonly endpointParams?: Readonly<Record<string, EndpointParamSource>>;
}

/** A fixed value, a member of the input, or a JMESPath expression over it (`smithy.rules#operationContextParams`). */
export type EndpointParamSource =
  | { readonly value: string | boolean | readonly string[] }
  | { readonly member: string }
  | { readonly path: JmesPath };

/** A JMESPath expression, parsed when the client was generated. See jmespath/. */
export type JmesPath =
  | readonly ['field', string]
  | readonly ['index', number]
  | readonly ['slice', number | null, number | null, number | null]
  | readonly ['current']
  | readonly ['literal', unknown]
  | readonly ['chain', JmesPath, JmesPath]
  | readonly ['pipe', JmesPath, JmesPath]
  | readonly ['project', JmesPath, JmesPath]
  | readonly ['values', JmesPath, JmesPath]
  | readonly ['flatten', JmesPath]
  | readonly ['filter', JmesPath, JmesPath, JmesPath]
  | readonly ['compare', '==' | '!=' | '<' | '<=' | '>' | '>=', JmesPath, JmesPath]
  | readonly ['and' | 'or', JmesPath, JmesPath]
  | readonly ['not', JmesPath]
  | readonly ['list', ...JmesPath[]]
  | readonly ['hash', Readonly<Record<string, JmesPath>>]
  | readonly ['call', string, ...JmesPath[]];
