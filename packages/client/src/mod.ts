export { ApiFactory } from './api-factory.ts';
export type { ApiFactoryOptions, RetryMode } from './api-factory-options.ts';
export type { ApiMetadata } from './api-metadata.ts';
export type { CallOptions } from './call-options.ts';
export type { ClientErrorCode } from './client-error.ts';
export { ClientError } from './client-error.ts';
export type { Clock } from './clock.ts';
export type { CredentialProviderOption, CredentialsOption } from './credentials/accepted-forms.ts';
export type { CredentialContext, CredentialProvider, Credentials } from './credentials/credentials.ts';
export type {
  Endpoint,
  EndpointAuthScheme,
  EndpointParams,
  EndpointResolver,
} from './endpoints/endpoint.ts';
export type { Feature, FeatureContext } from './feature.ts';
export type { AttemptEvent, ErrorEvent, Hooks, RequestEvent, ResponseEvent, RetryEvent } from './hooks.ts';
export type { EndpointParamSource, JmesPath, Operation } from './operation.ts';
export { ServiceClient } from './service-client.ts';
export type { ErrorResponse, ServiceErrorConstructor, ServiceErrorDetail } from './service-error.ts';
export { ServiceError } from './service-error.ts';
export type { StreamingOutput } from './streaming-output.ts';
