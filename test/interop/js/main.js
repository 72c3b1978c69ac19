// Gets role credentials with the profile's cached SSO token, and asks STS whose they are.
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromIni } from '@aws-sdk/credential-providers';

const credentials = await fromIni()();
const identity = await new STSClient({ credentials }).send(new GetCallerIdentityCommand());
console.log(
  JSON.stringify({
    account: identity.Account,
    arn: identity.Arn,
    accessKeyId: credentials.accessKeyId,
    expiresAtMs: credentials.expiration.getTime(),
  }),
);
