export type { WireRequest, WireResponse } from './http.ts';
export { ModeledError } from './modeled-error.ts';
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
