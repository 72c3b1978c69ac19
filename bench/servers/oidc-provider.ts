/**
 * The peer: `oidc-provider` on a durable store, without the features that a device sign-in does not need.
 *
 * Usage: `oidc-provider.ts DATA_DIR PORT CLIENT_ID CLIENT_SECRET single|grouped`
 */
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import Provider from 'oidc-provider';
import { SqliteStore } from './sqlite-adapter.ts';

const [dataDir = '.', port, clientId, clientSecret, commits] = process.argv.slice(2);

const store = new SqliteStore(
  join(dataDir, 'oidc-provider.db'),
  commits === 'grouped' ? 'grouped' : 'single',
);
const off = { enabled: false };

const provider = new Provider(`http://localhost:${port}`, {
  adapter: (kind: string) => store.adapter(kind),
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      client_name: 'bench',
      grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: 'client_secret_post',
      id_token_signed_response_alg: 'ES256',
    },
  ],
  clientAuthMethods: ['client_secret_post'],
  scopes: ['access'], // without `openid` there is no ID token to sign
  jwks: { keys: [generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })] },
  findAccount: (_context: unknown, accountId: string) => ({
    accountId,
    claims: () => ({ sub: accountId }),
  }),
  issueRefreshToken: () => true,
  rotateRefreshToken: true,
  expiresWithSession: () => false, // saves a read of the browser's session at every use of a token
  interactions: { url: (_context: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
  features: {
    deviceFlow: {
      enabled: true,
      successSource: (context: { body: string }) => {
        context.body = 'Allowed';
      },
    },
    introspection: { enabled: true, allowedPolicy: () => true },
    devInteractions: off,
    userinfo: off,
    revocation: off,
    rpInitiatedLogout: off,
    resourceIndicators: off,
    pushedAuthorizationRequests: off,
    dPoP: off,
  },
  ttl: {
    AccessToken: 3600,
    DeviceCode: 3600,
    Grant: 28_800,
    Interaction: 3600,
    RefreshToken: 28_800,
    Session: 28_800,
  },
});

/** Signs the person in and consents without asking: at the browser's first visit, before the measurement. */
async function finishInteraction(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { params } = await provider.interactionDetails(request, response);
  const grant = new provider.Grant({ accountId: 'alice', clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const grantId = await grant.save();
  await provider.interactionFinished(request, response, {
    login: { accountId: 'alice' },
    consent: { grantId },
  });
}

const handle = provider.callback();
const server = createServer((request, response) => {
  void (request.url?.startsWith('/interaction/')
    ? finishInteraction(request, response)
    : handle(request, response));
});
server.listen(Number(port), '127.0.0.1');

process.once('SIGTERM', () => {
  server.close(() => store.close());
  server.closeAllConnections();
});
