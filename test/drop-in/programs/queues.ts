import { ApiFactory } from 'https://aws-api.deno.dev/v0.1/client/mod.ts';
import { SQS } from 'https://aws-api.deno.dev/v0.1/services/sqs@2012-11-05.ts';

const sqs = new ApiFactory().makeNew(SQS);
const { QueueUrl: letters } = await sqs.createQueue({ QueueName: 'letters' });
const { Attributes } = await sqs.getQueueAttributes({ QueueUrl: letters!, AttributeNames: ['QueueArn'] });
const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: Attributes.QueueArn, maxReceiveCount: 1 });
const { QueueUrl: work } = await sqs.createQueue({ QueueName: 'work', Attributes: { RedrivePolicy } });
const { queueUrls } = await sqs.listDeadLetterSourceQueues({ QueueUrl: letters! });
await sqs.sendMessage({ QueueUrl: letters!, MessageBody: 'dear' });
const moved: string[] = [];
while (true) {
  const {
    Messages: [message],
  } = await sqs.receiveMessage({
    QueueUrl: letters!,
    MaxNumberOfMessages: 1,
    AttributeNames: ['SentTimestamp', 'MessageGroupId'],
  });
  if (!message) break;
  const sent = new Date(Number(message.Attributes.SentTimestamp ?? '0'));
  const hasAttributes = Object.keys(message.MessageAttributes).length > 0;
  await sqs.sendMessage({
    QueueUrl: work!,
    MessageBody: message.Body ?? '',
    MessageAttributes: hasAttributes ? message.MessageAttributes : undefined,
    MessageGroupId: message.Attributes.MessageGroupId,
  });
  await sqs.deleteMessage({ QueueUrl: letters!, ReceiptHandle: message.ReceiptHandle ?? '' });
  moved.push(`${message.Body} ${sent.getTime() > 0} ${hasAttributes}`);
}
console.log(JSON.stringify([queueUrls.length, moved]));
