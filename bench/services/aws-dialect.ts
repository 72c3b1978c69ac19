import type { Connection } from '../load/connection.ts';
import { cookieLine, parseForm, redirectPath } from './form.ts';
import { type Client, type Dialect, expectStatus, readStrings, type Tokens } from './service.ts';

const json = 'application/json';
const urlEncoded = 'application/x-www-form-urlencoded';

/** The person who signs in, and the role that they get credentials for. */
export interface Person {
  readonly userName: string;
  readonly password: string;
  readonly accountId: string;
  readonly roleName: string;
}

/** The requests that an AWS CLI and a browser send to Latchkey's APIs and pages. */
export function awsDialect(person: Person): Dialect {
  return {
    limitsPolling: true,

    async register(connection) {
      const body = JSON.stringify({
        clientName: 'bench',
        clientType: 'public',
        scopes: ['sso:account:access'],
      });
      const answer = await connection.post('/client/register', json, body);
      const { clientId, clientSecret } = readStrings(answer, 'register', 'clientId', 'clientSecret');
      return { id: clientId, secret: clientSecret };
    },

    async openBrowser(connection) {
      const page = await connection.get('/sign-in');
      expectStatus(page, 200, 'open the sign-in page');
      const fields = parseForm(page.body, '/sign-in');
      fields.set('user_name', person.userName);
      fields.set('password', person.password);
      const answer = await connection.post(
        '/sign-in',
        urlEncoded,
        fields.toString(),
        cookieLine(page) + origin(connection),
      );
      expectStatus(answer, 303, 'sign in');
      return { cookie: cookieLine(answer) };
    },

    async start(connection, client) {
      const body = JSON.stringify({
        clientId: client.id,
        clientSecret: client.secret,
        startUrl: `${connection.origin}/start`,
      });
      const answer = await connection.post('/device_authorization', json, body);
      return readStrings(answer, 'start', 'deviceCode', 'userCode');
    },

    async pollPending(connection, client, deviceCode) {
      const answer = await connection.post('/token', json, deviceCodeGrant(client, deviceCode));
      expectStatus(answer, 400, 'poll');
      const { error } = JSON.parse(answer.body) as { error?: unknown };
      if (error !== 'authorization_pending') throw new Error(`Cannot poll: answered ${answer.body}`);
    },

    async approve(connection, browser, userCode) {
      const opened = await connection.get(`/device?user_code=${userCode}`, browser.cookie);
      expectStatus(opened, 303, 'open the link');
      const page = await connection.get(redirectPath(opened), browser.cookie);
      expectStatus(page, 200, 'open the device page');
      const fields = parseForm(page.body, '/device');
      fields.set('decision', 'allow');
      fields.set('confirmation', userCode.slice(-4));
      const answer = await connection.post(
        '/device',
        urlEncoded,
        fields.toString(),
        browser.cookie + origin(connection),
      );
      expectStatus(answer, 303, 'approve');
      expectStatus(await connection.get(redirectPath(answer), browser.cookie), 200, 'open the last page');
    },

    async redeem(connection, client, deviceCode) {
      return readTokens('redeem', await connection.post('/token', json, deviceCodeGrant(client, deviceCode)));
    },

    async refresh(connection, client, refreshToken) {
      const body = JSON.stringify({
        clientId: client.id,
        clientSecret: client.secret,
        grantType: 'refresh_token',
        refreshToken,
      });
      return readTokens('refresh', await connection.post('/token', json, body));
    },

    async check(connection, _client, accessToken) {
      const answer = await connection.get(
        `/federation/credentials?role_name=${person.roleName}&account_id=${person.accountId}`,
        `x-amz-sso_bearer_token: ${accessToken}\r\n`,
      );
      expectStatus(answer, 200, 'get role credentials');
    },
  };
}

const origin = (connection: Connection): string => `Origin: ${connection.origin}\r\n`;

const deviceCodeGrant = (client: Client, deviceCode: string): string =>
  JSON.stringify({
    clientId: client.id,
    clientSecret: client.secret,
    grantType: 'urn:ietf:params:oauth:grant-type:device_code',
    deviceCode,
  });

const readTokens = (step: string, answer: Parameters<typeof readStrings>[0]): Tokens =>
  readStrings(answer, step, 'accessToken', 'refreshToken');
