import { at, Misfit, unexpected } from '../misfit.ts';
import { concat } from '../streams/concat.ts';
import { bytesOf, expectBoolean, expectText } from '../values/expect.ts';
import { checkInteger } from '../values/number.ts';
import { decodeUtf8, encodeUtf8 } from '../values/utf8.ts';

/** A header of a message: its type, named as in Smithy, and a value of that type. */
export interface EventHeader {
  readonly type: EventHeaderType;
  readonly value: boolean | number | bigint | Uint8Array | string | Date;
}

export type EventHeaderType =
  | 'boolean'
  | 'byte'
  | 'short'
  | 'integer'
  | 'long'
  | 'blob'
  | 'string'
  | 'timestamp'
  | 'uuid';

export type EventHeaders = Readonly<Record<string, EventHeader>>;

const codes = { byte: 2, short: 3, integer: 4, long: 5, blob: 6, string: 7, timestamp: 8, uuid: 9 } as const;
const types = Object.fromEntries(Object.entries(codes).map(([type, code]) => [code, type]));
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** @throws {Misfit} for a value that does not fit its type, or a name or value that is too long */
export function encodeHeaders(headers: EventHeaders): Uint8Array {
  return concat(
    Object.entries(headers).flatMap(([name, header]) => {
      const encodedName = encodeUtf8(name);
      if (encodedName.length === 0 || encodedName.length > 255)
        throw new Misfit('found a name of a header that is not 1 to 255 bytes long');
      return [Uint8Array.of(encodedName.length), encodedName, at(name, () => encodeValue(header))];
    }),
  );
}

function encodeValue({ type, value }: EventHeader): Uint8Array {
  if (type === 'boolean') {
    return Uint8Array.of(expectBoolean(value) ? 0 : 1);
  }
  const code = Uint8Array.of(codes[type]);
  switch (type) {
    case 'byte':
      return concat([code, integer(value, 'byte').subarray(7)]);
    case 'short':
      return concat([code, integer(value, 'short').subarray(6)]);
    case 'integer':
      return concat([code, integer(value, 'integer').subarray(4)]);
    case 'long':
      return concat([code, integer(value, 'long')]);
    case 'timestamp':
      if (!(value instanceof Date)) throw unexpected(value, 'a date');
      return concat([code, integer(value.getTime(), 'long')]);
    case 'blob':
      return concat([code, ...withLength(bytesOf(value))]);
    case 'string':
      return concat([code, ...withLength(encodeUtf8(expectText(value)))]);
    case 'uuid':
      if (typeof value !== 'string' || !uuid.test(value)) throw unexpected(value, 'a UUID');
      return concat([code, Uint8Array.from(value.replaceAll('-', '').match(/../g) ?? [], fromHex)]);
  }
}

/** Encodes an integer in eight bytes, big-endian; a smaller type takes the last of them. */
function integer(value: unknown, type: 'byte' | 'short' | 'integer' | 'long'): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, BigInt(checkInteger(value, type)));
  return bytes;
}

function withLength(bytes: Uint8Array): Uint8Array[] {
  if (bytes.length > 0x7fff) throw new Misfit('found a header of more than 32767 bytes');
  return [Uint8Array.of(bytes.length >> 8, bytes.length), bytes];
}

/** @throws {Misfit} for bytes that are not valid headers */
export function decodeHeaders(bytes: Uint8Array): EventHeaders {
  const headers = new Map<string, EventHeader>();
  let offset = 0;
  const take = (length: number): DataView => {
    if (offset + length > bytes.length) throw new Misfit('a header is longer than the headers');
    const view = new DataView(bytes.buffer, bytes.byteOffset + offset, length);
    offset += length;
    return view;
  };
  const takeBytes = (length: number): Uint8Array => {
    const { buffer, byteOffset } = take(length);
    return new Uint8Array(buffer, byteOffset, length);
  };
  const takeText = (length: number): string => {
    const text = decodeUtf8(takeBytes(length));
    if (text === undefined) throw new Misfit('found bytes that are not UTF-8');
    return text;
  };
  while (offset < bytes.length) {
    const name = takeText(take(1).getUint8(0));
    if (headers.has(name)) throw new Misfit('a header is there twice');
    headers.set(name, decodeValue(take(1).getUint8(0), take, takeBytes, takeText));
  }
  return Object.fromEntries(headers);
}

function decodeValue(
  code: number,
  take: (length: number) => DataView,
  takeBytes: (length: number) => Uint8Array,
  takeText: (length: number) => string,
): EventHeader {
  if (code < 2) return { type: 'boolean', value: code === 0 };
  const type = types[code] as Exclude<EventHeaderType, 'boolean'> | undefined;
  switch (type) {
    case 'byte':
      return { type, value: take(1).getInt8(0) };
    case 'short':
      return { type, value: take(2).getInt16(0) };
    case 'integer':
      return { type, value: take(4).getInt32(0) };
    case 'long': {
      const value = take(8).getBigInt64(0);
      return { type, value: Number.isSafeInteger(Number(value)) ? Number(value) : value };
    }
    case 'timestamp': {
      const value = new Date(Number(take(8).getBigInt64(0)));
      if (Number.isNaN(value.getTime())) throw new Misfit('found a timestamp out of range');
      return { type, value };
    }
    case 'blob':
      return { type, value: takeBytes(take(2).getUint16(0)).slice() };
    case 'string':
      return { type, value: takeText(take(2).getUint16(0)) };
    case 'uuid': {
      const digits = Array.from(takeBytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('');
      return { type, value: digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') };
    }
    case undefined:
      throw new Misfit('found a header of a type that is not known');
  }
}

function fromHex(digits: string): number {
  return Number.parseInt(digits, 16);
}
