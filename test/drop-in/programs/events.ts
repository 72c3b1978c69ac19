import { ApiFactory, type CredentialsProvider } from 'https://aws-api.deno.dev/v0.3/client/mod.ts';
import { CloudTrail } from 'https://aws-api.deno.dev/v0.3/services/cloudtrail.ts';

const credentialProvider: CredentialsProvider = {
  getCredentials: () => Promise.resolve({ awsAccessKeyId: 'id', awsSecretKey: 'key', expiresAt: new Date() }),
};
const cloudTrail = new ApiFactory({ credentialProvider }).makeNew(CloudTrail);
const { Events } = await cloudTrail.lookupEvents({
  LookupAttributes: [{ AttributeKey: 'ReadOnly', AttributeValue: 'false' }],
});
console.table(Events?.map(({ EventName, EventTime, Username }) => ({ EventName, EventTime, Username })));
const times = Events?.map(({ EventTime }) => EventTime?.toISOString());
const resources = Events?.flatMap(({ Resources }) => Resources ?? []).map(({ ResourceName }) => ResourceName);
console.log(JSON.stringify([Events?.map(({ EventName }) => EventName), times, resources]));
