import { ClientError } from '../client-error.ts';
import type { AttributeValueLike, Document } from './document.ts';
import { numberFrom } from './dynamo-number.ts';

/**
 * Reads an item of DynamoDB as a plain object.
 *
 * @throws {ClientError} `badResponse` for a value of a type that is newer than this client, with its path
 */
export function unmarshall(item: { readonly [key: string]: AttributeValueLike }): {
  [key: string]: Document;
} {
  return plainMap(item, '');
}

/**
 * Reads one value of DynamoDB.
 *
 * @param path where the value stands, for messages, e.g. `/Item`
 * @throws {ClientError} `badResponse` for a value of a type that is newer than this client, with its path
 */
export function unmarshallValue(value: AttributeValueLike, path = ''): Document {
  const { B, BOOL, BS, L, M, N, NS, NULL, S, SS } = value;
  if (isGiven(S)) return S;
  if (isGiven(N)) return plainNumber(N, path);
  if (isGiven(BOOL)) return BOOL;
  if (isGiven(NULL)) return null;
  if (isGiven(M)) return plainMap(M, path);
  if (isGiven(L)) return L.map((each, index) => unmarshallValue(each, `${path}/${index}`));
  if (isGiven(B)) return plainBytes(B);
  if (isGiven(SS)) return new Set(SS);
  if (isGiven(NS)) return new Set(NS.map((each) => plainNumber(each, path)));
  if (isGiven(BS)) return new Set(BS.map(plainBytes));
  throw unreadable(path, `a value of type ${value.$unknown?.[0] ?? 'unknown'}`);
}

function isGiven<Value>(value: Value): value is NonNullable<Value> {
  return value !== undefined && value !== null;
}

function plainMap(
  map: { readonly [key: string]: AttributeValueLike },
  path: string,
): { [key: string]: Document } {
  return Object.fromEntries(
    Object.entries(map).map(([key, each]) => [key, unmarshallValue(each, `${path}/${key}`)]),
  );
}

function plainNumber(text: string, path: string) {
  const number = numberFrom(text);
  if (number === undefined) throw unreadable(path, `"${text.slice(0, 50)}", expected a number`);
  return number;
}

function plainBytes(bytes: Uint8Array | string): Uint8Array {
  return typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
}

function unreadable(path: string, found: string): ClientError {
  return new ClientError(
    'badResponse',
    `Cannot unmarshall ${path === '' ? 'the value' : path}: found ${found}`,
  );
}
