/** Values that endpoint rules decide by. A parameter that has none is left out. */
export type EndpointParams = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** Where a request goes, and how it is to be signed there. */
export interface Endpoint {
  /** Absolute; its path comes before that of the request, e.g. `https://bucket.s3.us-east-1.amazonaws.com`. */
  readonly url: URL;
  /** Sent with the request. */
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  /** In order of preference; absent means that of the service. */
  readonly authSchemes?: readonly EndpointAuthScheme[];
}

export interface EndpointAuthScheme {
  /** `sigv4`, `sigv4a`, `sigv4-s3express`, `none`. */
  readonly name: string;
  readonly signingName?: string;
  readonly signingRegion?: string;
  readonly signingRegionSet?: readonly string[];
  readonly disableDoubleEncoding?: boolean;
}

/** The endpoint rules of a service (`smithy.rules#endpointRuleSet`), ready to be asked. */
export interface EndpointResolver {
  /** Default values, by parameter name. */
  readonly defaults: EndpointParams;
  /** Which parameter each built-in gives its value to, e.g. `{ 'AWS::Region': 'Region', 'SDK::Endpoint': 'Endpoint' }`. */
  readonly builtIns: Readonly<Record<string, string>>;
  /** Parameters that are settings of a client, by name (`smithy.rules#clientContextParams`). */
  readonly settings: readonly string[];
  /** @throws {EndpointError} with the message of the rules when no endpoint fits */
  resolve(params: EndpointParams): Endpoint;
}
