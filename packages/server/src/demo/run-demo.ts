import { signSigV4 } from '@latchkey/wire';
import { DEVICE_CODE, REFRESH_TOKEN } from '../grants/grant-types.ts';
import { startLatchkey } from '../testing-kit/mod.ts';
import { Browser } from './browser.ts';
import { call, exchange, parseJson, sendSigned } from './exchange.ts';
import { printResult, printStep } from './print.ts';

const ACCOUNT = { id: '111122223333', name: 'Sandbox' };
const ROLE = 'Developer';
const PASSWORD = 'demo password of alice';

/**
 * Runs a whole sign-in without a person: what `aws sso login` and the commands after it do, step by step, and prints what
 * goes over the wire. Keeps everything in memory.
 *
 * @throws when a step ends in another way than it should
 */
export async function runDemo(): Promise<void> {
  const startedAtMs = performance.now();
  await using latchkey = await startLatchkey({
    users: [{ userName: 'alice', displayName: 'Alice', password: PASSWORD }],
    accounts: [ACCOUNT],
    permissionSets: [{ name: ROLE }],
  });
  const { url, startUrl, region, clock } = latchkey;
  process.stdout.write(`Latchkey listens on ${url}; everything is kept in memory.\n`);

  printStep(1, 'Register', 'The AWS CLI registers itself as a client, once in 90 days.');
  const scopes = ['sso:account:access'];
  const registration = { clientName: 'latchkey-demo', clientType: 'public', scopes };
  const { clientId, clientSecret } = await call(url, '/client/register', registration);

  printStep(2, 'Start the device authorization', 'It asks for a code that a person types.');
  const started = await call(url, '/device_authorization', { clientId, clientSecret, startUrl });
  const { deviceCode, userCode = '', verificationUriComplete = '' } = started;
  printResult(`The terminal shows ${userCode} and opens ${verificationUriComplete}`);

  printStep(3, 'Poll', 'Until the person has answered, there is no token.');
  const poll = JSON.stringify({ clientId, clientSecret, grantType: DEVICE_CODE, deviceCode });
  const headers = { 'content-type': 'application/json' };
  const pending = await exchange(url, { method: 'POST', path: '/token', headers, body: poll });
  if (pending.status !== 400) throw new Error('A token was given before anyone allowed it');

  printStep(
    4,
    'Allow it in the browser',
    'Alice signs in with her password, types the last letters that the terminal shows, and allows the device.',
  );
  const browser = new Browser(url);
  const signInPage = await browser.open(verificationUriComplete.slice(url.length));
  const question = await browser.submit(signInPage, '/sign-in', { user_name: 'alice', password: PASSWORD });
  const confirmation = userCode.slice(-4);
  await browser.submit(question, '/device', { confirmation, decision: 'allow' });

  printStep(5, 'Get the tokens', 'The next poll is answered.');
  const tokens = parseJson(await exchange(url, { method: 'POST', path: '/token', headers, body: poll }));

  printStep(
    6,
    'Get role credentials',
    'The access token opens the accounts and roles that Alice is assigned.',
  );
  const bearer = { 'x-amz-sso_bearer_token': tokens['accessToken'] ?? '' };
  await exchange(url, { method: 'GET', path: '/assignment/accounts', headers: bearer });
  const query = `role_name=${ROLE}&account_id=${ACCOUNT.id}`;
  const answer = await exchange(url, {
    method: 'GET',
    path: `/federation/credentials?${query}`,
    headers: bearer,
  });
  const { roleCredentials } = JSON.parse(answer.body) as {
    roleCredentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string };
  };

  printStep(7, 'GetCallerIdentity', 'Signed with those credentials (SigV4), STS says who they are.');
  const signed = await signSigV4(
    {
      method: 'POST',
      path: '/',
      query: '',
      headers: { host: new URL(url).host, 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from('Action=GetCallerIdentity&Version=2011-06-15'),
    },
    { credentials: roleCredentials, region, service: 'sts', nowMs: clock.now() },
  );
  const identity = await sendSigned(url, signed);
  const arn = /<Arn>(.*)<\/Arn>/.exec(identity.body)?.[1];
  if (arn === undefined) throw new Error(`STS did not say who this is: ${identity.body}`);
  printResult(arn);

  printStep(
    8,
    'Refresh',
    'Before the access token runs out, the refresh token gets the next pair. No one is asked again.',
  );
  const { refreshToken } = tokens;
  const refreshed = await call(url, '/token', {
    clientId,
    clientSecret,
    grantType: REFRESH_TOKEN,
    refreshToken,
  });

  printStep(9, 'Log out', 'The session ends everywhere, at once: its tokens open nothing any more.');
  const newBearer = { 'x-amz-sso_bearer_token': refreshed['accessToken'] ?? '' };
  parseJson(await exchange(url, { method: 'POST', path: '/logout', headers: newBearer }));
  const afterwards = await exchange(url, { method: 'GET', path: '/assignment/accounts', headers: newBearer });
  if (afterwards.status !== 401) throw new Error('The access token still works after the logout');

  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
  process.stdout.write(
    `\nDone in ${seconds} s. Now with the real AWS CLI: npm start, and follow what it prints.\n`,
  );
}
