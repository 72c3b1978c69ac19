import { md5 } from '@latchkey/wire/checksums/md5';
import type { StructureValue } from '@latchkey/wire/protocol';
import { hex } from '@latchkey/wire/sigv4/crypto';
import { expectBytes } from '@latchkey/wire/values/expect';
import { encodeUtf8 } from '@latchkey/wire/values/utf8';
import { ClientError } from '../client-error.ts';
import type { Feature } from '../feature.ts';

/** SQS: compares the MD5 of each message with the one that the service sends, where it sends one. */
export const sqs: Feature = {
  checkOutput(output, { operation, input }) {
    switch (operation.name) {
      case 'SendMessage':
        return checkTaken(input, output, `message "${output['MessageId']}"`);
      case 'SendMessageBatch':
        return checkBatch(input, output);
      case 'ReceiveMessage':
        return checkReceived(input, output);
    }
  },
};

/** Checks that SQS took what was sent. */
function checkTaken(sent: StructureValue, taken: StructureValue, which: string): void {
  const from = 'SQS took something else than was sent as';
  compare(taken['MD5OfMessageBody'], () => textDigest(sent['MessageBody']), `${from} body of ${which}`);
  compare(
    taken['MD5OfMessageAttributes'],
    () => attributesDigest(sent['MessageAttributes']),
    `${from} attributes of ${which}`,
  );
  compare(
    taken['MD5OfMessageSystemAttributes'],
    () => attributesDigest(sent['MessageSystemAttributes']),
    `${from} system attributes of ${which}`,
  );
}

function checkBatch(input: StructureValue, output: StructureValue): void {
  const entries = new Map(structuresIn(input['Entries']).map((entry) => [entry['Id'], entry]));
  for (const taken of structuresIn(output['Successful'])) {
    const entry = entries.get(taken['Id']);
    if (entry !== undefined)
      checkTaken(entry, taken, `message "${taken['MessageId']}", entry "${taken['Id']}" of the batch`);
  }
}

function checkReceived(input: StructureValue, output: StructureValue): void {
  // AWS does not say whether the digest covers attributes that were not asked for.
  const names = input['MessageAttributeNames'];
  const hasAll = Array.isArray(names) && names.some((name) => name === 'All' || name === '.*');
  for (const message of structuresIn(output['Messages'])) {
    const damaged = (part: string) =>
      `The ${part} of message "${message['MessageId']}" changed on the way from SQS`;
    compare(message['MD5OfBody'], () => textDigest(message['Body']), damaged('body'));
    if (!hasAll) continue;
    const digest = () => attributesDigest(message['MessageAttributes']);
    compare(message['MD5OfMessageAttributes'], digest, damaged('attributes'));
  }
}

/** @param said - what the service sent; undefined or empty where it sent none */
function compare(said: unknown, digest: () => string | undefined, fault: string): void {
  if (typeof said !== 'string' || said === '') return;
  const found = digest();
  if (found === undefined || found === said.toLowerCase()) return;
  throw new ClientError('badResponse', `${fault}: its MD5 is ${found}, and SQS says ${said}`);
}

function textDigest(text: unknown): string {
  return digestOf([encodeUtf8(typeof text === 'string' ? text : '')]);
}

/**
 * MD5 of message attributes. They are sorted by name; name, data type and value each follow their length in four bytes,
 * and a byte before the value says what it is: 1 for text, 2 for bytes.
 *
 * @returns undefined where a value is a list, which SQS reserves for later and describes no digest of
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
function attributesDigest(attributes: unknown): string | undefined {
  const parts: Uint8Array[] = [];
  for (const [name, attribute] of Object.entries(structureOf(attributes)).toSorted(byName)) {
    const { DataType, StringValue, BinaryValue } = structureOf(attribute);
    const value = StringValue ?? BinaryValue;
    if (value === undefined || value === null) return undefined;
    parts.push(
      ...counted(name),
      ...counted(DataType),
      Uint8Array.of(value === StringValue ? 1 : 2),
      ...counted(value),
    );
  }
  return digestOf(parts);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** A text or bytes, after its length. */
function counted(value: unknown): readonly Uint8Array[] {
  const bytes = typeof value === 'string' ? encodeUtf8(value) : expectBytes(value);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return [length, bytes];
}

function digestOf(parts: readonly Uint8Array[]): string {
  const checksum = md5();
  for (const part of parts) checksum.update(part);
  return hex(checksum.digest());
}

function structuresIn(list: unknown): readonly StructureValue[] {
  return Array.isArray(list) ? list.map(structureOf) : [];
}

function structureOf(value: unknown): StructureValue {
  return typeof value === 'object' && value !== null ? (value as StructureValue) : {};
}
