import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { NotFoundException, SNS } from '#services/sns';
import { BatchEntryIdsNotDistinct, QueueDoesNotExist, SQS } from '#services/sqs';
import { apiFactory } from './harness/api-factory.ts';
import { type RunningServer, startMoto } from './harness/servers.ts';

suite('clients of SQS (awsJson1_0) and SNS (awsQuery), against Moto', () => {
  let server: RunningServer;
  let sqs: SQS;
  let sns: SNS;
  before(async () => {
    server = await startMoto();
    const factory = apiFactory(server);
    sqs = factory.makeNew(SQS);
    sns = factory.makeNew(SNS);
  });
  after(() => server[Symbol.asyncDispose]());

  async function createQueue(QueueName: string): Promise<string> {
    const { QueueUrl } = await sqs.createQueue({ QueueName, Attributes: { VisibilityTimeout: '5' } });
    assert(QueueUrl);
    return QueueUrl;
  }

  test('receive a message as it was sent', async () => {
    const QueueUrl = await createQueue('messages');
    const MessageAttributes = {
      colour: { DataType: 'String', StringValue: 'grün' },
      picture: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 128, 255) },
    };
    const sent = await sqs.sendMessage({ QueueUrl, MessageBody: 'Grüße & <co> 🐈', MessageAttributes });
    const receive = { QueueUrl, MessageAttributeNames: ['All'], MaxNumberOfMessages: 10 };
    const { Messages } = await sqs.receiveMessage(receive);
    const [message] = Messages ?? [];
    assert.equal(message?.Body, 'Grüße & <co> 🐈');
    assert.equal(message.MD5OfMessageAttributes, sent.MD5OfMessageAttributes);
    assert.deepEqual(message.MessageAttributes, MessageAttributes);
    await sqs.deleteMessage({ QueueUrl, ReceiptHandle: message.ReceiptHandle ?? '' });
    assert.deepEqual((await sqs.receiveMessage(receive)).Messages ?? [], []);
  });

  test('list queues and topics page by page, and one by one', async () => {
    const urls = [];
    for (let number = 0; number < 5; number += 1) urls.push(await createQueue(`list-${number}`));
    const list = { QueueNamePrefix: 'list-', MaxResults: 2 };
    assert.deepEqual((await Array.fromAsync(sqs.paginateListQueues(list).items())).toSorted(), urls);
    assert.equal((await Array.fromAsync(sqs.paginateListQueues(list))).length, 3);

    // Of topics, a page has a hundred.
    for (let number = 0; number < 101; number += 1) await sns.createTopic({ Name: `list-${number}` });
    assert.equal((await Array.fromAsync(sns.paginateListTopics({}))).length, 2);
    const topics = await Array.fromAsync(sns.paginateListTopics({}).items());
    assert.equal(new Set(topics.map(({ TopicArn }) => TopicArn)).size, 101);
  });

  test('pass what is published on to those subscribed', async () => {
    const QueueUrl = await createQueue('subscribed');
    const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['QueueArn'] });
    const Tags = [{ Key: 'team', Value: 'a & b' }];
    const created = await sns.createTopic({
      Name: 'news',
      Attributes: { DisplayName: 'News' },
      Tags,
    });
    const TopicArn = created.TopicArn ?? '';
    await sns.subscribe({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: Attributes?.QueueArn ?? '',
      Attributes: { RawMessageDelivery: 'true' },
    });
    const { Failed, Successful } = await sns.publishBatch({
      TopicArn,
      PublishBatchRequestEntries: [
        { Id: 'a', Message: 'first' },
        { Id: 'b', Message: 'second', MessageAttributes: { n: { DataType: 'Number', StringValue: '2' } } },
      ],
    });
    assert.deepEqual([Failed, Successful?.map(({ Id }) => Id)], [[], ['a', 'b']]);
    const { Messages } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
    assert.deepEqual(Messages?.map(({ Body }) => Body).toSorted(), ['first', 'second']);
  });

  test('tell errors apart by their class', async () => {
    await assert.rejects(sqs.getQueueUrl({ QueueName: 'missing' }), QueueDoesNotExist);
    const QueueUrl = await createQueue('errors');
    const entry = { Id: 'same', MessageBody: 'x' };
    const batch = sqs.sendMessageBatch({ QueueUrl, Entries: [entry, entry] });
    await assert.rejects(batch, BatchEntryIdsNotDistinct);
    const TopicArn = 'arn:aws:sns:eu-central-1:123456789012:missing';
    await assert.rejects(sns.getTopicAttributes({ TopicArn }), NotFoundException);
  });
});
