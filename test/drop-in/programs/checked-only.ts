// No server of ours has these services, so this program is only type-checked.
import { ApiFactory, type CredentialsProvider } from 'https://aws-api.deno.dev/v0.3/client/mod.ts';
import { CloudTrail } from 'https://aws-api.deno.dev/v0.3/services/cloudtrail.ts';
import { Pricing } from 'https://aws-api.deno.dev/v0.3/services/pricing.ts';

const credentialProvider: CredentialsProvider = {
  getCredentials: () => Promise.resolve({ awsAccessKeyId: 'id', awsSecretKey: 'key', expiresAt: new Date() }),
};
const factory = new ApiFactory({ credentialProvider });
const { Events } = await factory.makeNew(CloudTrail).lookupEvents({
  LookupAttributes: [{ AttributeKey: 'ReadOnly', AttributeValue: 'false' }],
});
console.table(Events?.map(({ EventName, EventTime, Username }) => ({ EventName, EventTime, Username })));

const pricing = factory.makeNew(Pricing);
const { AttributeValues } = await pricing.getAttributeValues({
  ServiceCode: 'AmazonEC2',
  AttributeName: 'volumeType',
});
const lists = await Promise.all(
  (AttributeValues ?? []).map(({ Value }) =>
    pricing.getProducts({
      ServiceCode: 'AmazonEC2',
      FormatVersion: 'aws_v1',
      Filters: [{ Field: 'volumeType', Type: 'TERM_MATCH', Value: `${Value}` }],
    }),
  ),
);
console.log(lists.flatMap(({ PriceList }) => PriceList).length);
