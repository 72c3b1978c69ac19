/**
 * Schemas: what a protocol must know about a Smithy model, as plain data that a generator prints as literals.
 * Names of types and traits are Smithy's (https://smithy.io/2.0/spec/).
 */

/** Traits that decide how a value is written, or which values are allowed. Absent: not applied. */
export interface Traits {
  readonly required?: true;
  /** Default value of an absent member, as JSON. Servers write it. */
  readonly default?: string | number | boolean | readonly unknown[] | Readonly<Record<string, unknown>>;
  /** Whether clients do not write the default, but leave it to the server. */
  readonly clientOptional?: true;
  readonly sensitive?: true;
  readonly jsonName?: string;
  readonly xmlName?: string;
  readonly xmlAttribute?: true;
  readonly xmlFlattened?: true;
  readonly xmlNamespace?: { readonly uri: string; readonly prefix?: string };
  readonly timestampFormat?: 'date-time' | 'http-date' | 'epoch-seconds';
  readonly mediaType?: string;
  readonly httpLabel?: true;
  readonly httpQuery?: string;
  readonly httpQueryParams?: true;
  readonly httpHeader?: string;
  readonly httpPrefixHeaders?: string;
  readonly httpPayload?: true;
  readonly httpResponseCode?: true;
  /** Bounds of a string's length in Unicode code points, a blob's in bytes, a list's or map's in entries. */
  readonly length?: { readonly min?: number; readonly max?: number };
  readonly range?: { readonly min?: number; readonly max?: number };
  /** Regular expression (ECMA 262), not anchored. */
  readonly pattern?: string;
  readonly uniqueItems?: true;
  readonly sparse?: true;
  /** Whether a client reads a 64-bit integer as `bigint`. Absent: as `number`. Of no Smithy model: the generator's option. */
  readonly bigint?: true;
  readonly streaming?: true;
  readonly idempotencyToken?: true;
  readonly hostLabel?: true;
  readonly eventHeader?: true;
  readonly eventPayload?: true;
  /** `aws.protocols#ec2QueryName` */
  readonly ec2QueryName?: string;
}

/** A value without members of its own: a text, a number, a timestamp, bytes, a document. */
export interface SimpleSchema {
  readonly type:
    | 'boolean'
    | 'string'
    | 'blob'
    | 'timestamp'
    | 'byte'
    | 'short'
    | 'integer'
    | 'long'
    | 'float'
    | 'double'
    | 'bigInteger'
    | 'bigDecimal'
    | 'document';
  readonly traits?: Traits;
}

/** A text or a number of which some values are known. */
export interface EnumSchema {
  readonly type: 'enum' | 'intEnum';
  readonly values: readonly (string | number)[];
  /** Values with `smithy.api#internal`: they are accepted, but error messages do not list them. */
  readonly internalValues?: readonly (string | number)[];
  readonly traits?: Traits;
}

/** A list: its items are of one schema. */
export interface ListSchema {
  readonly type: 'list';
  readonly member: MemberSchema;
  readonly traits?: Traits;
}

/** A map from text to values of one schema. */
export interface MapSchema {
  readonly type: 'map';
  readonly key: MemberSchema;
  readonly value: MemberSchema;
  readonly traits?: Traits;
}

/** A structure or union. `members` has the order of the model. */
export interface StructureSchema {
  readonly type: 'structure' | 'union';
  /** Shape name without namespace, e.g. `CreateTokenRequest`. */
  readonly name: string;
  readonly members: Readonly<Record<string, MemberSchema>>;
  readonly traits?: Traits;
}

/** What a value of a model looks like: everything that a protocol needs to write and read it. */
export type Schema = SimpleSchema | EnumSchema | ListSchema | MapSchema | StructureSchema;

/**
 * A member: the schema of its target, and its own traits, which win over the target's. `target` is a function where the
 * model is recursive.
 */
export interface MemberSchema {
  readonly target: Schema | (() => Schema);
  readonly traits?: Traits;
}

/** An error structure, with what `smithy.api#error` and `smithy.api#httpError` say. */
export interface ErrorSchema extends StructureSchema {
  readonly fault: 'client' | 'server';
  /** HTTP status. Where the model has none: 400 for a client fault, 500 for a server fault. */
  readonly status: number;
  /** `aws.protocols#awsQueryError`. */
  readonly queryError?: { readonly code: string; readonly status: number };
  /** `smithy.api#retryable` */
  readonly retryable?: { readonly throttling: boolean };
}

/** An operation: the schemas of its input, output and errors, and how it is sent. */
export interface OperationSchema {
  readonly name: string;
  readonly input: StructureSchema;
  readonly output: StructureSchema;
  readonly errors: readonly ErrorSchema[];
  /** `smithy.api#http`; absent in RPC protocols. `uri` may have `{label}`, `{label+}` and a literal query. */
  readonly http?: { readonly method: string; readonly uri: string; readonly code: number };
  /** Authentication schemes in order of preference; empty when the operation is anonymous. */
  readonly auth: readonly AuthScheme[];
  /** Host prefix (`smithy.api#endpoint`). May have `{label}`. */
  readonly hostPrefix?: string;
  /** `aws.auth#unsignedPayload` */
  readonly unsignedPayload?: true;
  /** `aws.protocols#httpChecksum`, or `smithy.api#httpChecksumRequired` as `{ requestRequired: true }`. */
  readonly checksum?: HttpChecksumTrait;
  /** `smithy.api#requestCompression`, e.g. `['gzip']`. */
  readonly requestCompression?: readonly string[];
  /** `aws.customizations#s3UnwrappedXmlOutput` */
  readonly unwrappedXmlOutput?: true;
}

/** How a request is authenticated: signed with Signature Version 4 or 4A, with a bearer token, or not at all. */
export type AuthScheme = 'sigv4' | 'sigv4a' | 'bearer' | 'anonymous';

/** Member names, and algorithms as in the model: `CRC32`, `CRC32C`, `CRC64NVME`, `SHA1`, `SHA256`. */
export interface HttpChecksumTrait {
  readonly requestRequired?: true;
  readonly requestAlgorithmMember?: string;
  readonly requestValidationModeMember?: string;
  readonly responseAlgorithms?: readonly string[];
}

export type ProtocolName =
  | 'restJson1'
  | 'awsJson1_0'
  | 'awsJson1_1'
  | 'awsQuery'
  | 'ec2Query'
  | 'restXml'
  | 'rpcv2Cbor';

/** What a protocol must know about a service besides its operations. */
export interface ServiceIdentity {
  /** Shape name without namespace, e.g. `AWSSSOOIDCService`. */
  readonly name: string;
  /** Namespace of the service shape, e.g. `com.amazonaws.ssooidc`. */
  readonly namespace: string;
  /** API version, e.g. `2019-06-10`. */
  readonly version: string;
  /** `smithy.api#xmlNamespace` of the service. */
  readonly xmlNamespace?: { readonly uri: string; readonly prefix?: string };
  /** `aws.protocols#awsQueryCompatible` */
  readonly queryCompatible?: true;
  /** `noErrorWrapping` of `aws.protocols#restXml` */
  readonly noErrorWrapping?: true;
}

export interface ServiceSchema extends ServiceIdentity {
  readonly protocol: ProtocolName;
  /** Name in `aws.auth#sigv4`. */
  readonly signingName: string;
  readonly operations: Readonly<Record<string, OperationSchema>>;
  /** Errors that every operation may answer with. The list of each operation has them, too. */
  readonly errors: readonly ErrorSchema[];
}
