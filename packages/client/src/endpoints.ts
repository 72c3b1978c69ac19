/** Resolvers of endpoints, by the path and the names of the aws_api library for Deno. New programs import them from `mod.ts`. */
import type { EndpointParameters, RequestEndpointResolver, ResolvedEndpoint } from './endpoint-resolvers.ts';

export type { EndpointParameters, ResolvedEndpoint } from './endpoint-resolvers.ts';
export {
  AwsEndpointResolver,
  FixedBaseEndpointResolver,
  S3CompatibleEndpointResolver,
} from './endpoint-resolvers.ts';

/** Decides where each request is sent; an option of `ApiFactory`. */
export interface EndpointResolver extends RequestEndpointResolver {
  resolveUrl(parameters: EndpointParameters): ResolvedEndpoint;
}
