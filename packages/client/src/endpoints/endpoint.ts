/** Parameters of endpoint rules, by name. A parameter without a value is left out. */
export type EndpointParams = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** Where a request is sent, and how it must be signed. */
export interface Endpoint {
  /** Absolute URL, e.g. `https://bucket.s3.us-east-1.amazonaws.com`. The path of the request is appended to it. */
  readonly url: URL;
  /** Headers to send with the request. */
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  /** Auth schemes in order of preference. Absent: the service's own. */
  readonly authSchemes?: readonly EndpointAuthScheme[];
}

/** How requests to an endpoint are signed, as the rules of the service say. */
export interface EndpointAuthScheme {
  /** `sigv4`, `sigv4a`, `sigv4-s3express`, `none`. */
  readonly name: string;
  readonly signingName?: string;
  readonly signingRegion?: string;
  readonly signingRegionSet?: readonly string[];
  readonly disableDoubleEncoding?: boolean;
}

/** Resolves endpoints by the rules of a service (`smithy.rules#endpointRuleSet`). */
export interface EndpointResolver {
  /** Default values by parameter name. */
  readonly defaults: EndpointParams;
  /** Parameter name by built-in, e.g. `{ 'AWS::Region': 'Region', 'SDK::Endpoint': 'Endpoint' }`. */
  readonly builtIns: Readonly<Record<string, string>>;
  /** Names of the parameters that are settings of a client (`smithy.rules#clientContextParams`). */
  readonly settings: readonly string[];
  /** @throws {EndpointError} with the message of the rules when no endpoint fits */
  resolve(params: EndpointParams): Endpoint;
}
