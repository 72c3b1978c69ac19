import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { ClientError } from '../client-error.ts';
import type { FeatureContext } from '../feature.ts';
import type { Operation } from '../operation.ts';
import { startStubService } from '../testing/stub-service.ts';
import { setTemperature } from '../testing/thermostat.ts';
import { thermostatClient } from '../testing/thermostat-client.ts';
import { sqs } from './sqs.ts';

type Structure = Readonly<Record<string, unknown>>;

/** Checks an output as the client does. */
function check(name: string, input: Structure, output: Structure): void {
  const context: FeatureContext = {
    operation: { ...setTemperature, name },
    input,
    version: '2012-11-05',
    isPresigned: false,
    customEndpoint: undefined,
    endpointSettings: undefined,
    setting: () => undefined,
  };
  sqs.checkOutput?.(output, context);
}

const md5 = (data: string | Uint8Array) => createHash('md5').update(data).digest('hex');
const badResponse = (message: RegExp) => (error: unknown) =>
  error instanceof ClientError && error.code === 'badResponse' && message.test(error.message);

const timestamp = { DataType: 'Number', StringValue: '1493147359900' };
/** What SQS answers to a message that has the attribute `timestamp` alone. */
const timestampMd5 = '235c5c510d26fb653d073faed50ae77c';

/** Two attributes, out of order, and the bytes that AWS's documentation says to digest. */
const attributes = {
  b: { DataType: 'Binary.png', BinaryValue: Uint8Array.of(0, 255) },
  'a.é': { DataType: 'String', StringValue: 'grüß' },
};
const attributesMd5 = md5(
  Buffer.concat([
    Buffer.from('\0\0\0\x04a.é\0\0\0\x06String\x01\0\0\0\x06grüß'),
    Buffer.from('\0\0\0\x01b\0\0\0\x0aBinary.png\x02\0\0\0\x02'),
    Buffer.of(0, 255),
  ]),
);

test('a message is sent where SQS digests body, attributes and system attributes as the client does', () => {
  const sent = { MessageBody: 'grüß', MessageAttributes: { timestamp }, MessageSystemAttributes: attributes };
  check('SendMessage', sent, {
    MessageId: 'm1',
    MD5OfMessageBody: md5('grüß').toUpperCase(),
    MD5OfMessageAttributes: timestampMd5,
    MD5OfMessageSystemAttributes: attributesMd5,
  });
  check('SendMessage', sent, { MessageId: 'm1' });
  check('SendMessage', sent, { MD5OfMessageBody: '', MD5OfMessageAttributes: null });
});

test('a message whose body, attributes or system attributes SQS took otherwise is an error that names it', () => {
  const sent = { MessageBody: 'hi', MessageAttributes: attributes, MessageSystemAttributes: { timestamp } };
  for (const [name, part] of [
    ['MD5OfMessageBody', 'body'],
    ['MD5OfMessageAttributes', 'attributes'],
    ['MD5OfMessageSystemAttributes', 'system attributes'],
  ] as const) {
    const answer = { MessageId: 'm1', [name]: md5('other') };
    const message = new RegExp(
      `as ${part} of message "m1": its MD5 is [0-9a-f]{32}, and SQS says ${md5('other')}$`,
    );
    assert.throws(() => check('SendMessage', sent, answer), badResponse(message), name);
  }
});

test('attributes that were sent with a message and are lost change its digest', () => {
  const answer = { MessageId: 'm1', MD5OfMessageAttributes: timestampMd5 };
  assert.throws(
    () => check('SendMessage', { MessageBody: 'hi' }, answer),
    badResponse(/attributes of message "m1"/),
  );
});

test('attributes that hold lists, which AWS describes no digest of, are not compared', () => {
  const list = { DataType: 'String', StringListValues: ['a'] };
  const answer = { MessageId: 'm1', MD5OfMessageAttributes: md5('other') };
  check('SendMessage', { MessageBody: 'hi', MessageAttributes: { list } }, answer);
});

test('each message of a batch is compared with the entry of its id, and the error names both', () => {
  const input = {
    Entries: [
      { Id: 'one', MessageBody: '1', MessageAttributes: { timestamp } },
      { Id: 'two', MessageBody: '2', MessageSystemAttributes: attributes },
    ],
  };
  const two = {
    Id: 'two',
    MessageId: 'm2',
    MD5OfMessageBody: md5('2'),
    MD5OfMessageSystemAttributes: attributesMd5,
  };
  const one = {
    Id: 'one',
    MessageId: 'm1',
    MD5OfMessageBody: md5('1'),
    MD5OfMessageAttributes: timestampMd5,
  };
  const answer = (...Successful: readonly Structure[]) => ({ Successful, Failed: [] });
  check('SendMessageBatch', input, answer(two, one));
  check('SendMessageBatch', input, answer({ ...one, Id: 'unknown' }));
  check('SendMessageBatch', input, { Failed: [{ Id: 'one' }] });
  const wrong = answer(one, { ...two, MD5OfMessageBody: md5('1') });
  const named = badResponse(/body of message "m2", entry "two" of the batch: its MD5 is/);
  assert.throws(() => check('SendMessageBatch', input, wrong), named);
  for (const name of ['MD5OfMessageAttributes', 'MD5OfMessageSystemAttributes'])
    assert.throws(
      () => check('SendMessageBatch', input, answer({ ...one, [name]: md5('another') })),
      badResponse(/"one"/),
    );
});

test('a received message whose body changed on the way is an error that names it', () => {
  const first = { MessageId: 'm1', Body: 'grüß', MD5OfBody: md5('grüß') };
  check('ReceiveMessage', {}, { Messages: [first] });
  check('ReceiveMessage', {}, { Messages: [{ MessageId: 'm2', Body: 'x' }] });
  check('ReceiveMessage', {}, {});
  const second = { MessageId: 'm2', Body: 'hi!', MD5OfBody: md5('hi') };
  assert.throws(
    () => check('ReceiveMessage', {}, { Messages: [first, second] }),
    badResponse(/^The body of message "m2" changed on the way from SQS: its MD5 is/),
  );
});

test('the attributes of a received message are compared where all of them were asked for', () => {
  const message = { MessageId: 'm1', MessageAttributes: attributes, MD5OfMessageAttributes: attributesMd5 };
  const { b } = attributes;
  const some = { ...message, MessageAttributes: { b } };
  for (const all of ['All', '.*']) {
    const input = { MessageAttributeNames: ['b', all] };
    check('ReceiveMessage', input, { Messages: [message] });
    assert.throws(
      () => check('ReceiveMessage', input, { Messages: [some] }),
      badResponse(/attributes of message "m1"/),
    );
  }
  check('ReceiveMessage', { MessageAttributeNames: ['b'] }, { Messages: [some] });
  check('ReceiveMessage', {}, { Messages: [some] });
});

test('other operations of SQS are not checked', () => {
  check('GetQueueUrl', { MessageBody: 'hi' }, { MD5OfMessageBody: md5('other') });
});

const text = { target: { type: 'string' } } as const;
const sendMessage: Operation = {
  ...setTemperature,
  name: 'SendMessage',
  http: { method: 'POST', uri: '/', code: 200 },
  input: { type: 'structure', name: 'SendMessageRequest', members: { MessageBody: text } },
  output: {
    type: 'structure',
    name: 'SendMessageResult',
    members: { MessageId: text, MD5OfMessageBody: text },
  },
};

test('a client of SQS rejects a call whose message was taken otherwise, and does not send it again', async (t) => {
  const service = await startStubService(t, ({ body }) => {
    const { MessageBody } = JSON.parse(body.toString());
    const taken = MessageBody === 'damage me' ? 'damaged' : MessageBody;
    return { body: JSON.stringify({ MessageId: 'm1', MD5OfMessageBody: md5(taken) }) };
  });
  const client = thermostatClient(t, service.url, {}, { features: [sqs] });
  assert.equal(
    (await client.call<{ MessageId: string }>(sendMessage, { MessageBody: 'hi' })).MessageId,
    'm1',
  );
  await assert.rejects(client.call(sendMessage, { MessageBody: 'damage me' }), badResponse(/message "m1"/));
  assert.equal(service.received.length, 2);
});
