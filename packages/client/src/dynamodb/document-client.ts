import { targetOf } from '@latchkey/wire/member';
import type { MemberSchema, Schema } from '@latchkey/wire/schema';
import type { ApiFactory } from '../api-factory.ts';
import type { ApiMetadata } from '../api-metadata.ts';
import { callMetadata } from '../call/call-metadata.ts';
import type { CallOptions } from '../call-options.ts';
import type { GeneratedClass } from '../generated-class.ts';
import type { Operation } from '../operation.ts';
import type { ServiceClient } from '../service-client.ts';
import type { AttributeValueLike, Document, DocumentInput } from './document.ts';
import { marshallValue } from './marshall.ts';
import { unmarshallValue } from './unmarshall.ts';

/** Names of the members of any variant of a union. */
type Keys<Value> = Value extends unknown ? keyof Value : never;

/** Whether a type is the `AttributeValue` of a generated module, or one of its variants. */
type IsAttributeValue<Value> =
  string extends Keys<Value> ? false : 'BOOL' | 'NS' extends Keys<Value> ? true : false;

type Leaf =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | Date
  | Uint8Array
  | ((...args: never[]) => unknown);

/** A type of a generated module with plain values for those of DynamoDB, as a program gives them. */
export type WithDocumentInputs<Value> = Value extends Leaf
  ? Value
  : IsAttributeValue<Value> extends true
    ? DocumentInput
    : Value extends readonly (infer Item)[]
      ? readonly WithDocumentInputs<Item>[]
      : { readonly [Name in keyof Value]: WithDocumentInputs<Value[Name]> };

/** A type of a generated module with plain values for those of DynamoDB, as a program gets them. */
export type WithDocuments<Value> = Value extends Leaf
  ? Value
  : IsAttributeValue<Value> extends true
    ? Document
    : Value extends readonly (infer Item)[]
      ? WithDocuments<Item>[]
      : { [Name in keyof Value]: WithDocuments<Value[Name]> };

type Given<Args extends readonly unknown[]> = {
  [Index in keyof Args]: Index extends '0' ? WithDocumentInputs<Args[Index]> : Args[Index];
};

type Got<Result> =
  Result extends Promise<infer Output>
    ? Promise<Output extends Error ? Output : WithDocuments<Output>>
    : Result extends AsyncIterable<infer Page> & { items(): AsyncIterable<infer Item> }
      ? AsyncIterable<WithDocuments<Page>> & { items(): AsyncIterable<WithDocuments<Item>> }
      : Result;

/** A generated client of DynamoDB whose operations, paginators and waiters take and give plain values. */
export type DocumentClient<Client> = {
  readonly [Name in keyof Client]: Client[Name] extends (...args: infer Args) => infer Result
    ? (...args: Given<Args>) => Got<Result>
    : Client[Name];
};

/**
 * Makes a client of DynamoDB, of its streams or of another service with DynamoDB's values, that takes and gives plain objects.
 * Errors have their members as the service gives them: `unmarshall` reads an item in one.
 *
 * @example
 * ```ts
 * const notes = documentClient(DynamoDB, new ApiFactory());
 * await notes.putItem({ TableName: 'notes', Item: { id: '1', tags: new Set(['new']), size: 2n ** 64n } });
 * ```
 * @param api class of the generated module
 */
export function documentClient<Client>(
  api: GeneratedClass<Client>,
  factory: Pick<ApiFactory, 'buildServiceClient'>,
): DocumentClient<Client> {
  const translating = {
    buildServiceClient: (metadata: ApiMetadata) =>
      new TranslatingClient(factory.buildServiceClient(metadata)),
  };
  // A generated class calls nothing else of the factory, and `call` of what that builds.
  return new api(translating as unknown as ApiFactory) as DocumentClient<Client>;
}

/** A client that calls another one with marshalled input, and gives its output unmarshalled. */
class TranslatingClient implements ServiceClient {
  readonly #client: ServiceClient;

  constructor(client: ServiceClient) {
    this.#client = client;
  }

  get metadata(): ApiMetadata {
    return this.#client.metadata;
  }

  get clock(): ServiceClient['clock'] {
    return this.#client.clock;
  }

  async call<Output>(operation: Operation, input: object, options?: CallOptions): Promise<Output> {
    const marshalled = translated(operation.input, input, '', (value, path) =>
      marshallValue(value as DocumentInput, path),
    );
    const output: unknown = await this.#client.call(operation, marshalled as object, options);
    const plain = translated(operation.output, output, '', (value, path) =>
      unmarshallValue(value as AttributeValueLike, path),
    );
    const metadata = isObject(output) ? callMetadata.get(output) : undefined;
    if (metadata !== undefined && isObject(plain)) callMetadata.set(plain, metadata);
    return plain as Output;
  }
}

/** Copies a value with what stands for its values of DynamoDB. */
function translated(
  schema: Schema,
  value: unknown,
  path: string,
  leaf: (value: unknown, path: string) => unknown,
): unknown {
  if (value === undefined || (!isLeaf(schema) && !(isObject(value) && reaches(schema)))) return value;
  if (isLeaf(schema)) return leaf(value, path);
  const inside = (member: MemberSchema, each: unknown, step: string | number) =>
    translated(targetOf(member), each, `${path}/${step}`, leaf);
  switch (schema.type) {
    case 'list':
      return Array.isArray(value) ? value.map((each, index) => inside(schema.member, each, index)) : value;
    case 'map':
      return mapped(value as object, (each, key) => inside(schema.value, each, key));
    case 'structure':
    case 'union':
      return mapped(value as object, (each, name) => {
        const member = Object.hasOwn(schema.members, name) ? schema.members[name] : undefined;
        return member === undefined ? each : inside(member, each, name);
      });
    default:
      return value;
  }
}

function mapped(object: object, change: (value: unknown, key: string) => unknown): object {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}

function isLeaf(schema: Schema): boolean {
  return schema.type === 'union' && schema.name === 'AttributeValue';
}

const reaching = new WeakMap<Schema, boolean>();

/** Whether there is a value of DynamoDB somewhere in values of a schema. */
function reaches(schema: Schema): boolean {
  const known = reaching.get(schema);
  if (known !== undefined) return known;
  reaching.set(schema, false);
  const found = isLeaf(schema) || membersOf(schema).some((member) => reaches(targetOf(member)));
  reaching.set(schema, found);
  return found;
}

function membersOf(schema: Schema): readonly MemberSchema[] {
  switch (schema.type) {
    case 'list':
      return [schema.member];
    case 'map':
      return [schema.value];
    case 'structure':
    case 'union':
      return Object.values(schema.members);
    default:
      return [];
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
