import * as v from 'valibot';
import { accounts, assignments, groups, permissionSets, users } from './directory-schema.ts';
import {
  addressBlock,
  duration,
  line,
  listOf,
  mapping,
  oneOf,
  origin,
  pageOrigin,
  text,
  url,
  wholeNumber,
  yesOrNo,
} from './setting-types.ts';

// The configuration as people write it. From here come its validation, its environment variables, the published JSON
// schema and the table in docs/configuration.md.

const listen = mapping('Where the server listens.', {
  host: v.optional(
    text('Address or host name to listen on.', /^[^\s/]+$/, 'an address or host name'),
    '127.0.0.1',
  ),
  port: v.optional(wholeNumber('Port to listen on; 0 takes a free one.', 0, 65_535), 8484),
});

const tls = mapping(
  'Serve https with this certificate. Without it plain http is served, on loopback or to trusted proxies.',
  {
    certFile: line('PEM file of the certificate and its chain.', 4096),
    keyFile: line('PEM file of the private key.', 4096),
  },
);

const instance = mapping('What AWS clients know the instance by.', {
  id: v.exactOptional(
    text(
      'Instance id. Unless set, one is made on the first start and kept in the data folder.',
      /^ssoins-[0-9a-f]{16}$/,
      '"ssoins-" and 16 hexadecimal digits',
    ),
  ),
  region: v.optional(
    text('AWS region that clients are told.', /^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/, 'a region such as us-east-1'),
    'us-east-1',
  ),
  startUrls: v.optional(listOf('Further start URLs the instance answers to.', url('A start URL.')), []),
});

const lifetimes = mapping('How long things last.', {
  accessToken: v.optional(
    duration('An access token.', {
      min: '15m1s',
      max: '12h',
      because: 'AWS clients would refresh one of 15m or less on every call',
    }),
    '1h',
  ),
  session: v.optional(
    duration('From sign-in of a client until it must sign in again.', {
      min: '30m',
      max: '90d',
      because: 'AWS clients refresh on every call in its last 15m',
    }),
    '8h',
  ),
  signInSession: v.optional(duration("A browser's sign-in session.", { min: '15m', max: '90d' }), '8h'),
  deviceCode: v.optional(duration('A device code and its user code.', { min: '1m', max: '1h' }), '10m'),
  devicePollInterval: v.optional(
    duration('Between two polls for a device code.', { min: '1s', max: '60s' }),
    '1s',
  ),
  authorizationCode: v.optional(duration('An authorization code.', { min: '10s', max: '10m' }), '60s'),
  clientRegistration: v.optional(
    duration('The registration of a client.', { min: '1h', max: '365d' }),
    '90d',
  ),
  refreshGrace: v.optional(
    duration('How long a used code or refresh token still yields the current tokens of its session.', {
      min: '0s',
      max: '10m',
    }),
    '60s',
  ),
});

const count = (description: string) => wholeNumber(description, 1, 1_000_000);

const limits = mapping('Bounds on what anyone can make the server do or keep.', {
  passwordFailuresPerUser: v.optional(count('Wrong passwords for one user within the failure window.'), 10),
  passwordFailuresPerAddress: v.optional(
    count('Wrong passwords from one address (IPv6: one /64) within the failure window.'),
    50,
  ),
  userCodeFailuresPerUser: v.optional(count('Wrong user codes by one user within the failure window.'), 10),
  userCodeFailuresPerAddress: v.optional(
    count('Wrong user codes from one address within the failure window.'),
    50,
  ),
  failureWindow: v.optional(duration('How long a failure counts.', { min: '1m', max: '1d' }), '15m'),
  deviceAuthorizationsPerAddressPerMinute: v.optional(
    count('Device authorizations one address may start in a minute.'),
    60,
  ),
  pendingDeviceAuthorizations: v.optional(
    count('Unanswered device authorizations kept at once, over all addresses.'),
    100_000,
  ),
  concurrentPasswordChecks: v.optional(
    wholeNumber('Passwords verified at once; each takes a core for some 25 ms.', 1, 64),
    2,
  ),
});

const grants = mapping('Ways for a client to sign in.', {
  deviceCode: v.optional(yesOrNo('Whether clients may sign in with a device code.'), true),
});

const cors = mapping('Which pages of other origins may call the APIs from a browser.', {
  allowedOrigins: v.optional(listOf('Origins of such pages; * for any.', pageOrigin('An origin.')), []),
});

const log = mapping('What is logged, to standard error.', {
  level: v.optional(
    oneOf('The least severe level that is logged.', ['debug', 'info', 'warn', 'error', 'silent']),
    'info',
  ),
  format: v.optional(
    oneOf('auto is text on a terminal and JSON elsewhere.', ['auto', 'json', 'text']),
    'auto',
  ),
});

export const settingsSchema = v.pipe(
  v.strictObject(
    {
      baseUrl: v.exactOptional(
        origin('Address that people and clients use. Unless set, localhost and the port listened on.'),
      ),
      listen: v.optional(listen, {}),
      tls: v.exactOptional(tls),
      trustedProxies: v.optional(
        listOf(
          'Reverse proxies whose X-Forwarded-For is believed.',
          addressBlock('An address or CIDR block.'),
        ),
        [],
      ),
      dataDir: v.optional(line('Folder of the database and the keys.', 4096), '.latchkey'),
      instance: v.optional(instance, {}),
      lifetimes: v.optional(lifetimes, {}),
      limits: v.optional(limits, {}),
      grants: v.optional(grants, {}),
      cors: v.optional(cors, {}),
      log: v.optional(log, {}),
      models: v.optional(
        listOf(
          'Directories of Smithy models (JSON AST), whose services get typed clients and reference pages; of a service that several have, the first counts.',
          line('A directory.', 4096),
        ),
        [],
      ),
      users: v.optional(users, []),
      groups: v.optional(groups, []),
      accounts: v.optional(accounts, []),
      permissionSets: v.optional(permissionSets, []),
      assignments: v.optional(assignments, []),
    },
    'a mapping (key: value)',
  ),
  v.title('Latchkey configuration'),
);

/** What people wrote, checked, with every default filled in. */
export type Settings = v.InferOutput<typeof settingsSchema>;
