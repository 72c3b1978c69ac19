import { ApiFactory } from 'https://aws-api.deno.dev/v0.3/client/mod.ts';
import { Pricing } from 'https://aws-api.deno.dev/v0.3/services/pricing.ts';

const pricing = new ApiFactory().makeNew(Pricing);
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
const products = lists.flatMap(({ PriceList }) => PriceList ?? []).map((price) => JSON.parse(`${price}`));
console.log(
  JSON.stringify(products.map(({ product, serviceCode }) => [serviceCode, product.attributes.volumeType])),
);
