import AWS from 'https://aws-api.deno.dev/latest/services/mod.ts?docs=full\
&actions[sts]=GetCallerIdentity\
&actions[sqs]=ListQueues\
&actions[sns]=ListTopics\
&actions[s3]=ListBuckets';

const aws = new AWS();
await aws.ensureCredentialsAvailable();
const { Account } = await aws.sts.getCallerIdentity();
const { Topics } = await aws.sns.listTopics();
const { Buckets } = await aws.s3.listBuckets();
const { QueueUrls } = await aws.sqs.listQueues({ QueueNamePrefix: 'nothing' });
console.log(JSON.stringify([Account?.length, Topics.length, Array.isArray(Buckets), QueueUrls.length]));
