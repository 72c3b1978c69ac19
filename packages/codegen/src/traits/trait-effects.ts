import type { ShapeId } from '@latchkey/smithy';

/**
 * What becomes of a trait when a client is generated from a model:
 *
 * - `client`: the generated client, or the runtime, does what the trait says
 * - `documentation`: only comments and the reference pages show it
 * - `server`: only a server acts on it; our server modules may read it
 * - `none`: it says nothing that a client could act on
 * - `auth`: an authentication scheme that our clients cannot do. An operation that takes no other scheme is refused
 * - `protocol`: a protocol that our clients do not speak. A service that has no other protocol is refused
 * - `rules`: the endpoint rules were made from it. A service without rules is refused, as its hosts are not known
 */
export type TraitEffect = 'client' | 'documentation' | 'server' | 'none' | 'auth' | 'protocol' | 'rules';

/**
 * Every trait that Smithy and AWS define for models of services, with what becomes of it, and why. A trait of theirs that
 * is not here is newer than this table: see check-traits.ts.
 *
 * @see https://smithy.io/2.0/trait-index.html
 */
export const traitEffects: Readonly<Record<ShapeId, readonly [effect: TraitEffect, reason: string]>> = {
  // How a message is written and read
  'aws.protocols#awsJson1_0': ['client', 'the protocol'],
  'aws.protocols#awsJson1_1': ['client', 'the protocol'],
  'aws.protocols#awsQuery': ['client', 'the protocol'],
  'aws.protocols#ec2Query': ['client', 'the protocol'],
  'aws.protocols#restJson1': ['client', 'the protocol'],
  'aws.protocols#restXml': ['client', 'the protocol'],
  'smithy.protocols#rpcv2Cbor': ['client', 'the protocol'],
  'smithy.protocols#rpcv2Json': ['protocol', 'no service of AWS has it yet'],
  'smithy.protocols#idx': ['none', 'an index for protocols that number members; ours name them'],
  'smithy.protocols#indexed': ['none', 'only a validator of models reads it'],
  'aws.protocols#awsQueryCompatible': ['client', 'a header, and the codes of errors'],
  'aws.protocols#awsQueryError': ['client', 'the code of an error'],
  'aws.protocols#ec2QueryName': ['client', 'the name of a parameter'],
  'aws.customizations#s3UnwrappedXmlOutput': ['client', 'an answer without its root element'],
  'smithy.api#cors': ['server', 'which web origins a service answers'],
  'smithy.api#enumValue': ['client', 'the value of an enum member'],
  'smithy.api#error': ['client', 'an error class, and whose fault the error is'],
  'smithy.api#eventHeader': ['client', 'a header of an event'],
  'smithy.api#eventPayload': ['client', 'the payload of an event'],
  'smithy.api#http': ['client', 'method, path and status'],
  'smithy.api#httpError': ['client', 'the status of an error'],
  'smithy.api#httpHeader': ['client', 'a header'],
  'smithy.api#httpLabel': ['client', 'a part of the path'],
  'smithy.api#httpPayload': ['client', 'the body'],
  'smithy.api#httpPrefixHeaders': ['client', 'headers with a common prefix'],
  'smithy.api#httpQuery': ['client', 'a parameter of the query'],
  'smithy.api#httpQueryParams': ['client', 'all other parameters of the query'],
  'smithy.api#httpResponseCode': ['client', 'the status as a member'],
  'smithy.api#jsonName': ['client', 'the name of a property'],
  'smithy.api#mediaType': ['client', 'the content type of a body; a header in base64'],
  'smithy.api#sparse': ['client', 'lists and maps that may hold null'],
  'smithy.api#streaming': ['client', 'a body that streams, or an event stream'],
  'smithy.api#timestampFormat': ['client', 'the form of a timestamp'],
  'smithy.api#xmlAttribute': ['client', 'an attribute'],
  'smithy.api#xmlFlattened': ['client', 'a list or map without an element around it'],
  'smithy.api#xmlName': ['client', 'the name of an element'],
  'smithy.api#xmlNamespace': ['client', 'the namespace of an element'],

  // How a call is made
  'aws.api#clientDiscoveredEndpoint': ['client', 'an operation whose endpoint the service tells'],
  'aws.api#clientEndpointDiscovery': ['client', 'the operation that tells endpoints'],
  'aws.api#clientEndpointDiscoveryId': ['client', 'a member that the endpoint depends on'],
  'aws.api#service': ['client', 'the names of the service'],
  'aws.auth#cognitoUserPools': ['auth', 'it is for gateways that check tokens of Cognito'],
  'aws.auth#sigv4': ['client', 'the signature'],
  'aws.auth#sigv4a': ['client', 'the signature for several regions'],
  'aws.auth#unsignedPayload': ['client', 'a body that is not signed'],
  'aws.endpoints#dualStackOnlyEndpoints': ['rules', 'hosts of another domain'],
  'aws.endpoints#rulesBasedEndpoints': ['rules', 'hosts that only the rules know'],
  'aws.endpoints#standardPartitionalEndpoints': ['rules', 'one host for all regions'],
  'aws.endpoints#standardRegionalEndpoints': ['none', 'a host for each region, as without the trait'],
  'aws.protocols#httpChecksum': ['client', 'checksums of bodies'],
  'smithy.api#auth': ['client', 'the order of authentication schemes'],
  'smithy.api#endpoint': ['client', 'a prefix of the host'],
  'smithy.api#hostLabel': ['client', 'a label of the host'],
  'smithy.api#httpApiKeyAuth': ['auth', 'ApiFactory has no API keys'],
  'smithy.api#httpBasicAuth': ['auth', 'ApiFactory has no user names and passwords'],
  'smithy.api#httpBearerAuth': ['client', 'the bearer token'],
  'smithy.api#httpChecksumRequired': ['client', 'a checksum of the body'],
  'smithy.api#httpDigestAuth': ['auth', 'ApiFactory has no user names and passwords'],
  'smithy.api#idempotencyToken': ['client', 'a token that the client makes'],
  'smithy.api#optionalAuth': ['client', 'calls without credentials'],
  'smithy.api#paginated': ['client', 'paginators'],
  'smithy.api#requestCompression': ['client', 'compressed bodies'],
  'smithy.api#requiresLength': ['none', 'the length of a body is sent wherever it is known'],
  'smithy.api#retryable': ['client', 'errors after which a call is tried again'],
  'smithy.rules#clientContextParams': ['client', 'endpoint parameters that are settings'],
  'smithy.rules#contextParam': ['client', 'endpoint parameters from the input'],
  'smithy.rules#endpointBdd': ['client', 'the endpoint rules, as a decision graph'],
  'smithy.rules#endpointRuleSet': ['client', 'the endpoint rules'],
  'smithy.rules#endpointTests': ['none', 'tests of the rules, which our tests run'],
  'smithy.rules#operationContextParams': ['client', 'endpoint parameters from parts of the input'],
  'smithy.rules#staticContextParams': ['client', 'endpoint parameters of an operation'],
  'smithy.waiters#waitable': ['client', 'waiters'],

  // Types
  'aws.api#clientOptional': [
    'none',
    'the old name of smithy.api#clientOptional; types are those of `required`',
  ],
  'smithy.api#addedDefault': ['none', 'types do not depend on whether a default is older than its member'],
  'smithy.api#box': ['none', 'of Smithy 1.0; a member may be absent unless it is required'],
  'smithy.api#clientOptional': [
    'server',
    'a client sends no defaults, and takes an absent member as its type says',
  ],
  'smithy.api#default': ['server', 'the server fills in defaults'],
  'smithy.api#enum': ['client', 'of Smithy 1.0; read as an enum'],
  'smithy.api#enumDefault': ['none', 'of a draft of Smithy 2.0; the server fills in defaults'],
  'smithy.api#input': ['server', 'members of an input are optional to a client unless they are required'],
  'smithy.api#mixin': ['client', 'its members are copied where it is used'],
  'smithy.api#output': ['none', 'that a structure is an output of one operation only'],
  'smithy.api#required': ['client', 'a property that must be given, or is always there'],
  'smithy.api#sensitive': [
    'server',
    'kept out of error messages; clients put no values into messages or hooks',
  ],
  'smithy.api#unitType': ['none', 'only the prelude has it'],

  // Constraints, which the server checks
  'smithy.api#idRef': ['none', 'it is about strings in models'],
  'smithy.api#length': ['server', 'the server checks it'],
  'smithy.api#pattern': ['server', 'the server checks it'],
  'smithy.api#range': ['server', 'the server checks it'],
  'smithy.api#uniqueItems': ['server', 'the server checks it'],

  // Documentation
  'smithy.api#deprecated': ['documentation', '@deprecated'],
  'smithy.api#documentation': ['documentation', 'the comment'],
  'smithy.api#examples': ['documentation', 'examples of the reference'],
  'smithy.api#externalDocumentation': ['documentation', 'links of the reference'],
  'smithy.api#idempotent': ['documentation', 'retries go by the error alone'],
  'smithy.api#internal': ['documentation', 'values that are left out'],
  'smithy.api#readonly': ['documentation', 'retries go by the error alone'],
  'smithy.api#recommended': ['documentation', 'a note'],
  'smithy.api#since': ['none', 'since when a shape exists'],
  'smithy.api#title': ['documentation', 'the name of the service for people'],
  'smithy.api#unstable': ['documentation', 'a note'],

  // What tools, people and other systems know about resources and operations
  'aws.api#arn': ['none', 'the ARN of a resource; a client takes ARNs as strings'],
  'aws.api#arnReference': ['none', 'a string that holds an ARN; a client takes it as it is'],
  'aws.api#controlPlane': ['none', 'a classification'],
  'aws.api#data': ['none', 'a classification'],
  'aws.api#dataPlane': ['none', 'a classification'],
  'aws.api#tagEnabled': ['none', 'which resources can have tags'],
  'aws.api#taggable': ['none', 'which resources can have tags'],
  'smithy.api#authDefinition': ['none', 'it defines a trait; operations are checked for the defined scheme'],
  'smithy.api#nestedProperties': ['none', 'how a structure describes a resource'],
  'smithy.api#noReplace': ['none', 'a rule for whoever designs the API'],
  'smithy.api#notProperty': ['none', 'how a structure describes a resource'],
  'smithy.api#private': ['none', 'who may refer to a shape in models'],
  'smithy.api#property': ['none', 'how a structure describes a resource'],
  'smithy.api#protocolDefinition': ['none', 'it defines a trait; a service is checked for a known protocol'],
  'smithy.api#references': ['none', 'which resource an input is about'],
  'smithy.api#resourceIdentifier': ['none', 'which resource an input is about'],
  'smithy.api#suppress': ['none', 'only a validator of models reads it'],
  'smithy.api#tags': ['none', 'labels for tools; those of Smithy 1.0 enums are read with the enum'],
  'smithy.api#trait': ['none', 'it defines a trait'],
  'smithy.api#traitValidators': ['none', 'only a validator of models reads it'],
};
