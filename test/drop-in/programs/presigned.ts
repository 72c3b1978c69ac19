import {
  DefaultCredentialsProvider,
  getDefaultRegion,
} from 'https://deno.land/x/aws_api@v0.8.1/client/credentials.ts';
import { getPresignedUrl } from 'https://deno.land/x/aws_api@v0.8.1/extras/s3-presign.ts';

const { awsAccessKeyId, awsSecretKey, region, sessionToken } =
  await DefaultCredentialsProvider.getCredentials();
const url = new URL(await getPresignedUrl({ bucket: 'photos', path: '/cat.jpg' }));
console.log(
  JSON.stringify([
    awsAccessKeyId,
    awsSecretKey,
    sessionToken ?? null,
    region ?? getDefaultRegion(),
    url.host,
  ]),
);
