import * as v from 'valibot';
import { secretHashForm } from '../keys/secret-hash.ts';
import { languageTags } from '../language-tags.ts';
import { accounts, assignments, groups, permissionSets, users } from './directory-schema.ts';
import {
  addressBlock,
  byLanguage,
  duration,
  line,
  lines,
  listOf,
  mapping,
  oneOf,
  origin,
  pageOrigin,
  someOf,
  text,
  url,
  wholeNumber,
  yesOrNo,
} from './setting-types.ts';

// The configuration as people write it. Validation, environment variables, the published JSON schema and the table in
// docs/configuration.md all come from this schema. Each description is read alone: it names its own subject.

const hostPattern = /^[!-.0-~]+$/;

const listen = mapping('Address and port of the server.', {
  host: v.optional(
    text(
      'IP address or host name to listen on; localhost means both 127.0.0.1 and ::1.',
      hostPattern,
      'an address or host name',
    ),
    'localhost',
  ),
  port: v.optional(wholeNumber('Port to listen on; 0 means any free port.', 0, 65_535), 8484),
});

const connections = mapping('Connections of clients and proxies.', {
  keepAlive: v.optional(
    duration(
      'Time for which a connection is kept open between two requests. It must be longer than a load balancer or proxy in front keeps its connections (60s to 2m by default, 10m at Google Cloud), or requests fail now and then.',
      { min: '1s', max: '1h' },
    ),
    '130s',
  ),
});

const tls = mapping(
  'Certificate for https. Without it the server speaks plain http, which is allowed on loopback and behind trustedProxies only.',
  {
    certFile: line('Path of the PEM file with the certificate and its chain.', 4096),
    keyFile: line('Path of the PEM file with the private key of the certificate.', 4096),
  },
);

const shutdown = mapping('How the server stops.', {
  drain: v.optional(
    duration(
      'Time for which the server goes on answering after SIGTERM, while /readyz says that it is stopping, so that load balancers send requests elsewhere first. Ctrl-C (SIGINT) skips it.',
      { min: '0s', max: '10m' },
    ),
    '5s',
  ),
});

const instance = mapping('Identity Center instance that AWS clients see.', {
  id: v.exactOptional(
    text(
      'Id of the Identity Center instance. By default it is made on the first start and kept in the data folder.',
      /^ssoins-[0-9a-f]{16}$/,
      '"ssoins-" and 16 hexadecimal digits',
    ),
  ),
  region: v.optional(
    text(
      'AWS region of the instance: the sso_region of AWS clients.',
      /^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/,
      'a region such as us-east-1',
    ),
    'us-east-1',
  ),
  startUrls: v.optional(
    listOf('Start URLs that the instance accepts besides its own.', url('A start URL.')),
    [],
  ),
});

const metrics = mapping(
  'Address and port at which /metrics is served for Prometheus, over plain http. Without it /metrics is served beside everything else.',
  {
    host: v.optional(
      text('IP address or host name to serve /metrics on.', hostPattern, 'an address or host name'),
      'localhost',
    ),
    port: wholeNumber('Port to serve /metrics on, and nothing else; 0 means any free port.', 0, 65_535),
  },
);

const lifetimes = mapping('Lifetimes of tokens, codes and sessions.', {
  accessToken: v.optional(
    duration('Lifetime of an access token.', {
      min: '15m1s',
      max: '12h',
      because: 'AWS clients would refresh an access token of 15m or less on every call',
    }),
    '1h',
  ),
  session: v.optional(
    duration(
      'Lifetime of an SSO session, where no rule of policy says another: from the approval of a client until it must ask for approval again. AWS clients refresh on every call in the last 15m of a session.',
      { min: '15m', max: '90d' },
    ),
    '8h',
  ),
  signInSession: v.optional(
    duration('Lifetime of a sign-in session in a browser, where no rule of policy says another.', {
      min: '15m',
      max: '90d',
    }),
    '8h',
  ),
  deviceCookie: v.optional(
    duration(
      'Lifetime of a device cookie: how long after signing in wrong passwords from elsewhere lock nobody out of that browser.',
      { min: '1h', max: '365d' },
    ),
    '90d',
  ),
  deviceCode: v.optional(
    duration('Lifetime of a device code and its user code.', { min: '1m', max: '1h' }),
    '10m',
  ),
  devicePollInterval: v.optional(
    duration('Shortest time between two polls with the same device code.', { min: '1s', max: '60s' }),
    '1s',
  ),
  authorizationCode: v.optional(
    duration('Lifetime of an authorization code.', { min: '10s', max: '10m' }),
    '60s',
  ),
  clientRegistration: v.optional(
    duration('Lifetime of a client registration.', { min: '1h', max: '365d' }),
    '90d',
  ),
  refreshGrace: v.optional(
    duration(
      'Time after its use in which a code or refresh token still yields the current tokens of its session.',
      {
        min: '0s',
        max: '10m',
      },
    ),
    '60s',
  ),
});

const count = (description: string) => wholeNumber(description, 1, 1_000_000);

const limits = mapping('Limits on what clients and strangers can make the server do or store.', {
  passwordFailuresPerUser: v.optional(
    count(
      'Wrong passwords for one user within limits.failureWindow before further ones are refused unchecked, but for those from browsers in which the user signed in before.',
    ),
    10,
  ),
  passwordFailuresPerAddress: v.optional(
    count(
      'Wrong passwords from one client address (IPv6: one /64; a /56 has four times that, a /48 sixteen times) within limits.failureWindow before further ones are refused unchecked.',
    ),
    50,
  ),
  userCodeFailuresPerUser: v.optional(
    count(
      'Wrong user codes by one user, or wrong hosts of redirect URIs, within limits.failureWindow before further ones are refused unchecked.',
    ),
    10,
  ),
  userCodeFailuresPerAddress: v.optional(
    count(
      'Wrong user codes from one client address (IPv6: one /64; a /56 has four times that, a /48 sixteen times), or wrong hosts of redirect URIs, within limits.failureWindow before further ones are refused unchecked.',
    ),
    50,
  ),
  failureWindow: v.optional(
    duration('Time for which wrong passwords and user codes are counted.', { min: '1m', max: '1d' }),
    '15m',
  ),
  deviceAuthorizationsPerAddressPerMinute: v.optional(
    count(
      'Device authorizations that one client address (IPv6: one /64; a /56 has four times that, a /48 sixteen times) may start in a minute.',
    ),
    60,
  ),
  pendingDeviceAuthorizations: v.optional(
    count(
      'Device authorizations that wait for an answer at the same time, from all client addresses together.',
    ),
    100_000,
  ),
  concurrentPasswordChecks: v.optional(
    wholeNumber(
      'Password checks (argon2id) at the same time; each takes a core for some 50 ms, and 46 MiB of memory.',
      1,
      64,
    ),
    2,
  ),
});

const passwords = mapping('What passwords people and commands may set.', {
  minLength: v.optional(
    wholeNumber(
      'Fewest characters of a new password. NIST SP 800-63B-4 wants 15 where a password is all that somebody signs in with, and 8 where a second factor is always asked for.',
      8,
      64,
    ),
    15,
  ),
  refusedFile: v.exactOptional(
    line(
      'Path of a file of passwords that nobody may set: one a line, or sorted SHA-1 hashes as "Have I Been Pwned" gives them, of any size. It is read each time.',
      4096,
    ),
  ),
});

const smtp = mapping('The mail server by which people get links and notices. Without it nothing is sent.', {
  url: text(
    'Mail server, as smtps://host:465 (TLS from the beginning) or smtp://host:587 (STARTTLS, without which nothing is sent to another machine).',
    /^smtps?:\/\/(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?\/?$/,
    'a URL of scheme, host and port only, such as smtps://mail.example.com:465',
  ),
  from: line('Sender of the mails: an address, or a name and an address in angle brackets.', 320),
  user: v.exactOptional(line('Name by which Latchkey signs in to the mail server.', 256)),
  passwordFile: v.exactOptional(
    line('Path of a file that has the password of smtp.user. It is read for each mail.', 4096),
  ),
  language: v.optional(oneOf('Language of the mails.', languageTags), 'en'),
  allowUnencrypted: v.optional(
    yesOrNo(
      'Whether mails, and with them links that let people in, may cross the network unencrypted where the mail server has no STARTTLS.',
    ),
    false,
  ),
});

const clientId = text(
  'Id of the client, which it sends as clientId.',
  /^[A-Za-z0-9][\w.-]{1,63}$/,
  'an id of 2 to 64 letters, digits or any of _.-, which begins with a letter or digit',
);

const grants = mapping('OAuth grants that are offered.', {
  deviceCode: v.optional(
    yesOrNo('Whether clients may use the device code grant (StartDeviceAuthorization).'),
    true,
  ),
});

const deviceSignIn = mapping(
  'Who may sign in a device by a user code. What is left out limits nobody; grants.deviceCode turns it off for everyone.',
  {
    groups: v.exactOptional(
      someOf(
        'Groups whose members alone may allow a device. A name that no group has lets nobody in.',
        line('Name of a group.'),
        'group',
      ),
    ),
    networks: v.exactOptional(
      someOf(
        'Networks from which alone people may allow a device, as IP addresses or CIDR blocks: the address of the browser counts, as trustedProxies state it.',
        addressBlock('An IP address or CIDR block.'),
        'network',
      ),
    ),
    clients: v.exactOptional(
      someOf(
        'Ids of the clients, as under clients, that alone may ask for a device code.',
        clientId,
        'client',
      ),
    ),
    recentSignIn: v.exactOptional(
      duration(
        'Longest time since a person signed in who allows a device; whoever signed in earlier signs in again first.',
        { min: '1m', max: '30d' },
      ),
    ),
    sameNetwork: v.optional(
      yesOrNo(
        'Whether a device may be allowed only from the network that it is in itself: equal IPv4 addresses, one private /24, or one IPv6 /64. Where the networks cannot be compared, nothing is allowed.',
      ),
      false,
    ),
  },
);

const clients = listOf(
  'Confidential clients that whoever runs the server knows, beside those that register themselves.',
  mapping('A confidential client.', {
    id: clientId,
    name: v.exactOptional(line('Name shown on pages. By default it is the id.', 64)),
    secretHash: text(
      'Hash of the secret of the client that `latchkey client secret` prints.',
      secretHashForm,
      'a hash that `latchkey client secret` prints',
    ),
  }),
);

const policy = listOf(
  'Rules for what people must show, from where, and for how long that is good. All rules that apply must be met, the strictest first.',
  mapping(
    'A rule. It applies to the people, clients and permission sets that it names; where it names none of a kind, to all of that kind.',
    {
      name: v.exactOptional(
        line(
          'Name of the rule, in the log and in `latchkey policy explain`. By default it is the place of the rule, e.g. policy[0].',
          64,
        ),
      ),
      groups: v.exactOptional(
        someOf(
          'Groups to whose members the rule applies. By default it applies to everybody.',
          line('Name of a group.'),
          'group',
        ),
      ),
      permissionSets: v.exactOptional(
        someOf(
          'Permission sets to whose role credentials the rule applies, and to nothing else. By default it applies to signing in, to allowing programs, and to what they get.',
          line('Name of a permission set.'),
          'permission set',
        ),
      ),
      clients: v.exactOptional(
        someOf(
          'Ids of the clients, as under clients, to which alone the rule applies; unknown means all that registered themselves, as the AWS CLI does. By default it applies to signing in, and to all clients.',
          clientId,
          'client',
        ),
      ),
      factors: v.exactOptional(
        oneOf(
          'What a person must have signed in with: secondFactor is a second factor, or a passkey that verifies its user; passkey is a passkey, alone or after the password. Who has none sets one up before going on.',
          ['secondFactor', 'passkey'],
        ),
      ),
      recentSignIn: v.exactOptional(
        duration(
          'Longest time since a person signed in who allows a program, or changes how they sign in; in a rule for permission sets, whose program gets role credentials.',
          { min: '1m', max: '30d' },
        ),
      ),
      networks: v.exactOptional(
        someOf(
          'Networks from which alone people and their programs are answered, as IP addresses or CIDR blocks: the address as trustedProxies state it.',
          addressBlock('An IP address or CIDR block.'),
          'network',
        ),
      ),
      signInSession: v.exactOptional(
        duration('Lifetime of a sign-in session in a browser, in the place of lifetimes.signInSession.', {
          min: '15m',
          max: '90d',
        }),
      ),
      session: v.exactOptional(
        duration('Lifetime of an SSO session, in the place of lifetimes.session.', {
          min: '15m',
          max: '90d',
        }),
      ),
    },
  ),
);

const cors = mapping('CORS: access of web pages to the APIs.', {
  allowedOrigins: v.optional(
    listOf(
      'Web origins whose pages may call the APIs from a browser (CORS); * means any origin.',
      pageOrigin('A web origin.'),
    ),
    [],
  ),
});

const colour = (description: string) =>
  text(
    description,
    /^#[0-9a-fA-F]{6}$/,
    'a colour as # and 6 hexadecimal digits, in quotes, such as "#0d5f4b"',
  );

const branding = mapping('How the pages look.', {
  name: v.optional(
    line('Name of the service, in the header of every page and in the title of its window.', 40),
    'Latchkey',
  ),
  logo: v.exactOptional(
    line(
      'Path of an SVG or PNG file of at most 256 KiB, shown beside branding.name. An SVG file must not have scripts, event attributes, foreignObject or external references.',
      4096,
    ),
  ),
  accent: v.exactOptional(
    colour(
      'Colour of links and buttons, as #rrggbb. Its contrast to the backgrounds of the light theme must be 4.5:1 (WCAG 2.2 AA).',
    ),
  ),
  accentDark: v.exactOptional(
    colour(
      'Colour of links and buttons in the dark theme, as #rrggbb, with a contrast of 4.5:1 to its backgrounds. By default it is branding.accent, as much lighter as needed.',
    ),
  ),
  supportUrl: v.exactOptional(
    v.pipe(
      url('Address of a page where people get help; the footer of every page links to it.'),
      v.maxLength(2048, 'a URL of at most 2048 characters'),
    ),
  ),
  supportText: v.exactOptional(
    byLanguage(
      'Text of the link to branding.supportUrl, for all languages of pages or for each of some. By default it is “Help”, in the language of the page.',
      (description) => line(description, 60),
    ),
  ),
  message: v.exactOptional(
    byLanguage(
      'Message of the day, shown on the sign-in page and the portal, for all languages of pages or for each of some: plain text of at most 1000 characters, in which line breaks are kept.',
      (description) => lines(description, 1000),
    ),
  ),
});

const log = mapping('The log, which is written to standard error.', {
  level: v.optional(
    oneOf('Lowest level that is logged; silent logs nothing.', ['debug', 'info', 'warn', 'error', 'silent']),
    'info',
  ),
  format: v.optional(
    oneOf('Format of the log; auto means text on a terminal and JSON elsewhere.', ['auto', 'json', 'text']),
    'auto',
  ),
});

const reference = mapping('The reference of typed clients, which anyone may read.', {
  searchEngines: v.optional(
    yesOrNo(
      'Whether search engines may list the pages of the reference; all other pages refuse to be listed.',
    ),
    false,
  ),
});

export const settingsSchema = v.pipe(
  v.strictObject(
    {
      baseUrl: v.exactOptional(
        origin(
          'URL at which people and clients reach the server. By default it is localhost with listen.port.',
        ),
      ),
      listen: v.optional(listen, {}),
      connections: v.optional(connections, {}),
      tls: v.exactOptional(tls),
      shutdown: v.optional(shutdown, {}),
      trustedProxies: v.optional(
        listOf(
          'Reverse proxies whose X-Forwarded-For header is trusted, as IP addresses or CIDR blocks. Needed where baseUrl is https and tls is not set. Behind a proxy that is not named here, nobody is warned of a device in another network.',
          addressBlock('An IP address or CIDR block.'),
        ),
        [],
      ),
      dataDir: v.optional(
        line(
          'Path of the data folder, which holds the database and the keys. Each server needs a data folder of its own, also where servers share a store.',
          4096,
        ),
        '.latchkey',
      ),
      store: v.exactOptional(
        line(
          'Connection URL of a PostgreSQL database that several servers can share, e.g. postgres://latchkey:PASSWORD@db.example.com/latchkey, with a password that is percent-encoded; the URL is a secret. By default the store is SQLite in the data folder.',
          8192,
        ),
      ),
      storeFile: v.exactOptional(
        line('Path of a file that has the connection URL of the store, in the place of store.', 4096),
      ),
      instance: v.optional(instance, {}),
      lifetimes: v.optional(lifetimes, {}),
      limits: v.optional(limits, {}),
      passwords: v.optional(passwords, {}),
      grants: v.optional(grants, {}),
      deviceSignIn: v.optional(deviceSignIn, {}),
      clients: v.optional(clients, []),
      policy: v.optional(policy, []),
      cors: v.optional(cors, {}),
      smtp: v.exactOptional(smtp),
      metrics: v.exactOptional(metrics),
      branding: v.optional(branding, {}),
      log: v.optional(log, {}),
      models: v.optional(
        listOf(
          'Directories of Smithy models (JSON AST), whose services get typed clients and reference pages. Where several directories have a service, the first one counts.',
          line('Path of a directory.', 4096),
        ),
        [],
      ),
      reference: v.optional(reference, {}),
      users: v.optional(users, []),
      groups: v.optional(groups, []),
      accounts: v.optional(accounts, []),
      permissionSets: v.optional(permissionSets, []),
      assignments: v.optional(assignments, []),
      confirmedChange: v.exactOptional(
        text(
          'Name of a change that ends the access of many people, as the server or `latchkey check` prints it: the change is meant.',
          /^\d+-of-\d+-people-[0-9a-f]{12}$/,
          'the name of a change that a server refused, such as 23-of-150-people-3f9a1c7e4b2d',
        ),
      ),
    },
    'a mapping (key: value)',
  ),
  v.title('Latchkey configuration'),
);

/** The configuration as people write it, validated, with every default filled in. */
export type Settings = v.InferOutput<typeof settingsSchema>;
