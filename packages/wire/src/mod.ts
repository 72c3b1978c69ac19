export type { InvalidField, WireErrorCode } from './error.ts';
export { WireError } from './error.ts';
export type { ReceivedResponse, WireRequest, WireResponse } from './http.ts';
export { ModeledError } from './modeled-error.ts';
export type {
  ClientProtocol,
  ReceivedError,
  ResponseMetadata,
  ServerError,
  ServerProtocol,
  StructureValue,
} from './protocol.ts';
export type {
  EnumSchema,
  ErrorSchema,
  ListSchema,
  MapSchema,
  MemberSchema,
  OperationSchema,
  Schema,
  ServiceSchema,
  SimpleSchema,
  StructureSchema,
  Traits,
} from './schema.ts';
