import { ApiFactory } from 'https://aws-api.deno.dev/v0.4/client/mod.ts';
import { S3 } from 'https://aws-api.deno.dev/v0.4/services/s3.ts?actions=CreateBucket,DeleteBucket';
import { STS } from 'https://aws-api.deno.dev/v0.4/services/sts.ts?actions=GetCallerIdentity';
import {
  AwsEndpointResolver,
  type EndpointParameters,
  type EndpointResolver,
} from 'https://deno.land/x/aws_api@v0.8.1/client/endpoints.ts';

const asked: string[] = [];

/** Sends what would go to AWS to a server of our own. */
class Elsewhere implements EndpointResolver {
  readonly #aws: EndpointResolver;

  constructor(options: { forceRegional?: boolean; upgradeEndpoints?: boolean }) {
    this.#aws = new AwsEndpointResolver(options);
  }

  resolveUrl(parameters: EndpointParameters) {
    const { url, signingRegion } = this.#aws.resolveUrl(parameters);
    const { apiMetadata, requestPath } = parameters;
    asked.push(`${apiMetadata.endpointPrefix} ${url.host} ${signingRegion}`);
    return { url: new URL(requestPath, Deno.env.get('AWS_ENDPOINT_URL')), signingRegion };
  }
}

let account: string | null | undefined;
for (const forceRegional of [false, true]) {
  const endpointResolver = new Elsewhere({ forceRegional, upgradeEndpoints: !forceRegional });
  const factory = new ApiFactory({ region: 'us-east-1', endpointResolver });
  ({ Account: account } = await factory.makeNew(STS).getCallerIdentity());
  const s3 = factory.makeNew(S3);
  await s3.createBucket({ Bucket: 'drop-in-elsewhere' });
  await s3.deleteBucket({ Bucket: 'drop-in-elsewhere' });
}
console.log(JSON.stringify([account?.length, ...new Set(asked)]));
