export type { Checksum } from '@latchkey/wire/checksums/checksum';
export type { DocumentCodec } from '@latchkey/wire/document/codec';
export type {
  ClientEvents,
  EventDocuments,
  EventStreamCodec,
  EventValue,
} from '@latchkey/wire/event-stream/codec';
export type { Bytes, ClientRequest, ReceivedResponse, Trailer, WireRequest } from '@latchkey/wire/http';
export type {
  ClientProtocol,
  ClientProtocolFactory,
  ClientProtocolOptions,
  ReceivedError,
  StructureValue,
} from '@latchkey/wire/protocol';
export type {
  AuthScheme,
  EnumSchema,
  ErrorSchema,
  HttpChecksumTrait,
  ListSchema,
  MapSchema,
  MemberSchema,
  OperationSchema,
  Schema,
  ServiceIdentity,
  SimpleSchema,
  StructureSchema,
  Traits,
} from '@latchkey/wire/schema';
export type { CredentialScope } from '@latchkey/wire/sigv4/credential-scope';
export type { SigV4Crypto } from '@latchkey/wire/sigv4/crypto';
export type {
  SigningKeyCache,
  SigV4Credentials,
  SigV4SigningOptions,
} from '@latchkey/wire/sigv4/signing-options';
export type { BytesInput, StreamingInput } from '@latchkey/wire/values/bytes';
export { ApiFactory } from './api-factory.ts';
export type { ApiFactoryOptions, RetryMode } from './api-factory-options.ts';
export type { ApiMetadata } from './api-metadata.ts';
export type { CallMetadata } from './call/call-metadata.ts';
export type {
  AttemptEvent,
  ErrorEvent,
  Hooks,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
} from './call/hooks.ts';
export type { StreamingOutput } from './call/streaming-output.ts';
export type { CallOptions } from './call-options.ts';
export { ClientError, ClientErrorCode } from './client-error.ts';
export type { Clock } from './clock.ts';
export type { Variables } from './config-files/variables.ts';
export type {
  AwsApiCredentials,
  AwsApiCredentialsProvider,
  CredentialProviderOption,
  CredentialsOption,
} from './credentials/accepted-forms.ts';
export type { CredentialContext, CredentialProvider, Credentials } from './credentials/credentials.ts';
export type { ProfileOptions, ProviderOptions } from './credentials/provider-options.ts';
export type { MfaCode } from './credentials/role-session.ts';
export type { CredentialsProvider } from './credentials.ts';
export {
  CredentialsProviderChain,
  DefaultCredentialsProvider,
  EC2MetadataCredentials,
  EcsTaskCredentials,
  EnvironmentCredentials,
  SharedIniFileCredentials,
  TokenFileWebIdentityCredentials,
} from './credentials.ts';
export type { DocumentValue } from './document-value.ts';
export type {
  AwsEndpointOptions,
  BuiltIns,
  EndpointChoice,
  EndpointParameters,
  RequestEndpointResolver,
  ResolvedEndpoint,
} from './endpoint-resolvers.ts';
export {
  AwsEndpointResolver,
  FixedBaseEndpointResolver,
  S3CompatibleEndpointResolver,
} from './endpoint-resolvers.ts';
export type {
  Endpoint,
  EndpointAuthScheme,
  EndpointParams,
  EndpointResolver,
} from './endpoints/endpoint.ts';
export type { EndpointExpression } from './endpoints/expression.ts';
export type { Partition } from './endpoints/partitions.ts';
export type { Feature, FeatureContext, LearnedRegions, Signing, Unsigned } from './feature.ts';
export type {
  Middleware,
  MiddlewareAttempt,
  MiddlewareCall,
  MiddlewareResponse,
} from './middleware.ts';
export type { EndpointParamSource, JmesPath, Operation } from './operation.ts';
export type { Pagination, Paginator } from './paginate.ts';
export type { ServiceClient } from './service-client.ts';
export type { ErrorResponse, ServiceErrorConstructor, ServiceErrorDetail } from './service-error.ts';
export { ServiceError, ServiceError as AwsServiceError } from './service-error.ts';
export type { TaggedUnion } from './tagged-union.ts';
export type { NodeAgent } from './transport/node-agent.ts';
export type { WaitOptions } from './wait-for.ts';
export type { Acceptor, Matcher, PathMatcher, Waiter } from './waiters/waiter.ts';
export type { WaiterErrorDetail } from './waiters/waiter-error.ts';
export { WaiterError } from './waiters/waiter-error.ts';
