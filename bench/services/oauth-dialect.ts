import type { Answer, Connection } from '../load/connection.ts';
import { cookieLine, parseForm, redirectPath } from './form.ts';
import {
  type Browser,
  type Client,
  type Dialect,
  expectStatus,
  readStrings,
  type Tokens,
} from './service.ts';

const urlEncoded = 'application/x-www-form-urlencoded';
const deviceCodeGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/**
 * The device grant of the RFCs (8628, 6749, 7662), with the pages of `oidc-provider`.
 *
 * @param client registered in the configuration, which is cheaper for that service than a registration over HTTP
 */
export function oauthDialect(client: Client): Dialect {
  const credentials = new URLSearchParams({ client_id: client.id, client_secret: client.secret }).toString();

  const post = (connection: Connection, path: string, parameters: string): Promise<Answer> =>
    connection.post(path, urlEncoded, `${credentials}&${parameters}`);

  const token = async (connection: Connection, step: string, parameters: string): Promise<Tokens> => {
    const answer = await post(connection, '/token', parameters);
    const { access_token, refresh_token } = readStrings(answer, step, 'access_token', 'refresh_token');
    return { accessToken: access_token, refreshToken: refresh_token };
  };

  const start: Dialect['start'] = async (connection) => {
    const answer = await post(connection, '/device/auth', 'scope=access');
    const { device_code, user_code } = readStrings(answer, 'start', 'device_code', 'user_code');
    return { deviceCode: device_code, userCode: user_code };
  };

  return {
    limitsPolling: false,

    register: async () => client,

    async openBrowser(connection) {
      const { userCode } = await start(connection, client);
      const page = await openDevicePage(connection, { cookie: '' }, userCode);
      const session = cookieLine(page);
      const asked = await confirm(connection, { cookie: session }, page);
      expectStatus(asked, 303, 'be asked to sign in');
      const interaction = cookieLine(asked);
      const finished = await connection.get(redirectPath(asked), interaction);
      expectStatus(finished, 303, 'sign in');
      const resumed = await connection.get(redirectPath(finished), joinCookies(interaction, session));
      expectStatus(resumed, 200, 'approve');
      return { cookie: cookieLine(resumed) };
    },

    start,

    async pollPending(connection, _client, deviceCode) {
      const answer = await post(
        connection,
        '/token',
        `grant_type=${deviceCodeGrant}&device_code=${deviceCode}`,
      );
      expectStatus(answer, 400, 'poll');
      const { error } = JSON.parse(answer.body) as { error?: unknown };
      if (error !== 'authorization_pending') throw new Error(`Cannot poll: answered ${answer.body}`);
    },

    async approve(connection, browser, userCode) {
      const page = await openDevicePage(connection, browser, userCode);
      expectStatus(await confirm(connection, browser, page), 200, 'approve');
    },

    redeem: (connection, _client, deviceCode) =>
      token(connection, 'redeem', `grant_type=${deviceCodeGrant}&device_code=${deviceCode}`),

    refresh: (connection, _client, refreshToken) =>
      token(connection, 'refresh', `grant_type=refresh_token&refresh_token=${refreshToken}`),

    async check(connection, _client, accessToken) {
      const answer = await post(
        connection,
        '/token/introspection',
        `token=${accessToken}&token_type_hint=access_token`,
      );
      expectStatus(answer, 200, 'introspect');
      if (!answer.body.includes('"active":true'))
        throw new Error(`Cannot introspect: answered ${answer.body}`);
    },
  };
}

async function openDevicePage(connection: Connection, browser: Browser, userCode: string): Promise<Answer> {
  const page = await connection.get(`/device?user_code=${userCode}`, browser.cookie);
  expectStatus(page, 200, 'open the device page');
  return page;
}

/** Answers the device page, and the confirmation page after it, in one request, as the hidden inputs of the form allow it. */
function confirm(connection: Connection, browser: Browser, page: Answer): Promise<Answer> {
  const fields = parseForm(page.body, '/device');
  fields.set('confirm', 'yes');
  return connection.post('/device', urlEncoded, fields.toString(), browser.cookie);
}

const joinCookies = (...lines: readonly string[]): string =>
  `Cookie: ${lines.map((line) => line.slice('Cookie: '.length, -2)).join('; ')}\r\n`;
