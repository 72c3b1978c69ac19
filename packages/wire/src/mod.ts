export { awsJson1_0Client, awsJson1_1Client } from './aws-json/client.ts';
export { awsJson1_0Server, awsJson1_1Server } from './aws-json/server.ts';
export { awsQueryClient } from './aws-query/client.ts';
export { awsQueryServer } from './aws-query/server.ts';
export type { RequestCompressionOptions } from './compression/compress-request.ts';
export { compressRequest } from './compression/compress-request.ts';
export type { DocumentCodec } from './document/codec.ts';
export { ec2QueryClient } from './ec2-query/client.ts';
export { ec2QueryServer } from './ec2-query/server.ts';
export type { InvalidField, WireErrorCode } from './error.ts';
export { WireError } from './error.ts';
export type { ClientEvents, EventDocuments, EventStreamCodec, EventValue } from './event-stream/codec.ts';
export type {
  Bytes,
  ClientRequest,
  ReceivedResponse,
  RequestHead,
  Trailer,
  WireRequest,
  WireResponse,
} from './http.ts';
export { ModeledError } from './modeled-error.ts';
export type {
  ClientProtocol,
  ClientProtocolFactory,
  ClientProtocolOptions,
  ErrorParser,
  ReceivedError,
  ResponseMetadata,
  ServerError,
  ServerProtocol,
  StructureValue,
} from './protocol.ts';
export { restJson1Client } from './rest-json1/client.ts';
export type { RestJson1ServerOptions } from './rest-json1/server.ts';
export { restJson1Server } from './rest-json1/server.ts';
export { restXmlClient } from './rest-xml/client.ts';
export { restXmlServer } from './rest-xml/server.ts';
export { rpcv2CborClient } from './rpcv2-cbor/client.ts';
export { rpcv2CborServer } from './rpcv2-cbor/server.ts';
export type {
  AuthScheme,
  EnumSchema,
  ErrorSchema,
  HttpChecksumTrait,
  ListSchema,
  MapSchema,
  MemberSchema,
  OperationSchema,
  ProtocolName,
  Schema,
  ServiceIdentity,
  ServiceSchema,
  SimpleSchema,
  StructureSchema,
  Traits,
} from './schema.ts';
export { createServerProtocol } from './server-protocol.ts';
export { canonicalRequest } from './sigv4/canonical-request.ts';
export type { CredentialScope } from './sigv4/credential-scope.ts';
export { credentialScope } from './sigv4/credential-scope.ts';
export type { SigV4Crypto } from './sigv4/crypto.ts';
export { presignSigV4 } from './sigv4/presign.ts';
export type { SigV4Refusal, SigV4RefusalCode } from './sigv4/refusal.ts';
export { signSigV4 } from './sigv4/sign.ts';
export { signingKey } from './sigv4/signing-key.ts';
export type { SigningKeyCache, SigV4Credentials, SigV4SigningOptions } from './sigv4/signing-options.ts';
export { stringToSign } from './sigv4/string-to-sign.ts';
export type { SecretHolder, SigV4VerificationOptions } from './sigv4/verification-options.ts';
export type { SigV4Verified } from './sigv4/verify.ts';
export { verifySigV4 } from './sigv4/verify.ts';
export { streamsInput, streamsOutput } from './streaming.ts';
export { compilePattern } from './validation/pattern/pattern.ts';
export { PatternError } from './validation/pattern/pattern-error.ts';
export { preferredType } from './values/accept.ts';
export type { BytesInput, StreamingInput } from './values/bytes.ts';
export { essenceOf } from './values/media-type.ts';
