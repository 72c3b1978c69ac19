import { ApiFactory } from '@latchkey/client';
import { listAccounts } from './list-accounts.ts';

const url = process.env['LATCHKEY_URL'] ?? 'http://localhost:8484';
const region = process.env['AWS_REGION'] ?? 'us-east-1';

await using factory = new ApiFactory({ fixedEndpoint: url, region });
const accounts = await listAccounts(factory, `${url}/start`, ({ url, userCode }) => {
  console.log(`Open ${url} and allow the code ${userCode}`);
});
for (const { accountId, accountName } of accounts) console.log(accountId, accountName ?? '');
