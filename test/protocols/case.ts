import type { OperationSchema, ServiceSchema, StructureSchema } from '@latchkey/wire';

/** The fields of Smithy's HTTP test traits; every one but `id` may be absent. */
export interface CaseFields {
  readonly id: string;
  readonly appliesTo?: 'client' | 'server';
  readonly params?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly forbidHeaders?: readonly string[];
  readonly requireHeaders?: readonly string[];
  readonly body?: string;
  readonly bodyMediaType?: string;
  readonly method?: string;
  readonly uri?: string;
  /** Where the client is told to send to; may have a path. */
  readonly host?: string;
  /** Where it sends to in the end. */
  readonly resolvedHost?: string;
  /** How the client is set up, of `aws.protocoltests.config#AwsConfig`. */
  readonly vendorParams?: {
    readonly scopedConfig?: { readonly client?: ScopedConfig; readonly operation?: ScopedConfig };
  };
  readonly queryParams?: readonly string[];
  readonly forbidQueryParams?: readonly string[];
  readonly requireQueryParams?: readonly string[];
  readonly code?: number;
  /** Of a malformed-request case. */
  readonly request?: CaseFields;
  readonly response?: CaseFields & { readonly body?: unknown };
  readonly testParameters?: Readonly<Record<string, readonly string[]>>;
  /** Of a case of an event stream. */
  readonly events?: readonly EventFields[];
  readonly initialRequest?: Omit<CaseFields, 'id'>;
  readonly initialRequestParams?: Readonly<Record<string, unknown>>;
  readonly initialResponse?: Omit<CaseFields, 'id'>;
  readonly initialResponseParams?: Readonly<Record<string, unknown>>;
  readonly expectation?: { readonly failure?: { readonly errorId?: string } };
}

export interface ScopedConfig {
  readonly region?: string;
  readonly s3?: {
    readonly addressing_style?: string;
    readonly use_dualstack_endpoint?: boolean;
    readonly use_accelerate_endpoint?: boolean;
  };
}

/** One event, as callers see it and as it travels. */
export interface EventFields {
  readonly type: 'request' | 'response';
  /** Absent from an event that the model does not have. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** By name, each under the name of its type. */
  readonly headers?: Readonly<Record<string, Readonly<Record<string, boolean | number | string>>>>;
  readonly forbidHeaders?: readonly string[];
  readonly requireHeaders?: readonly string[];
  readonly body?: string;
  readonly bodyMediaType?: string;
  /** All of it, in base64. */
  readonly bytes?: string;
}

/** What a client is generated from. */
export interface ModelSource {
  /** The model as JSON. */
  readonly text: string;
  readonly serviceId: string;
}

export type End = 'client' | 'server';

/** One case at one end of the wire. */
export interface ProtocolCase {
  readonly file: string;
  readonly kind: 'request' | 'response' | 'error' | 'malformed' | 'eventStream';
  readonly end: End;
  readonly service: ServiceSchema;
  readonly operation: OperationSchema;
  /** What `params` are members of. */
  readonly structure: StructureSchema;
  readonly fields: CaseFields;
  /** Of a case about the ways of one service, which only a generated client knows. */
  readonly source?: ModelSource;
}
