/** What every option changes. The types demand an entry for each option of a class: one that changes nothing has no test to pass. */
import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { suite, type TestContext, test } from 'node:test';
import { ApiFactory } from './api-factory.ts';
import type { ApiFactoryOptions } from './api-factory-options.ts';
import type { ApiMetadata } from './api-metadata.ts';
import { Home } from './credentials/testing/home.ts';
import { Loopback } from './credentials/testing/loopback.ts';
import { startSts } from './credentials/testing/sts.ts';
import {
  EC2MetadataCredentials,
  EcsTaskCredentials,
  EnvironmentCredentials,
  SharedIniFileCredentials,
  TokenFileWebIdentityCredentials,
} from './credentials.ts';
import { EndpointDiscovery } from './endpoint-discovery.ts';
import {
  AwsEndpointResolver,
  type EndpointParameters,
  FixedBaseEndpointResolver,
  S3CompatibleEndpointResolver,
} from './endpoint-resolvers.ts';
import { type GetSignedUrlOptions, getPresignedUrl } from './extras/s3-presign.ts';
import { managedUpload, type UploadingClient, type UploadOptions } from './extras/s3-upload.ts';
import type { Operation } from './operation.ts';
import { getObject, s3Metadata } from './testing/s3-service.ts';
import { startStubService } from './testing/stub-service.ts';
import { testClock } from './testing/test-clock.ts';
import { getTemperature, setTemperature } from './testing/thermostat.ts';
import { thermostatClient } from './testing/thermostat-client.ts';

type First<Class extends abstract new (...args: never) => unknown> = NonNullable<
  ConstructorParameters<Class>[0]
>;

interface Seen {
  /** What is looked for: there with the option, and not without. */
  readonly shows: RegExp;
  readonly options: ApiFactoryOptions;
  /** Options on both sides. */
  readonly beside?: ApiFactoryOptions;
  readonly operation?: Operation;
  readonly metadata?: Partial<ApiMetadata>;
  readonly answer?: () => Response;
  /** Whether the service answers only a request without time limit. */
  readonly stalls?: true;
}

/** What hooks are told. */
const told: string[] = [];

/** The requests of one call, and what it ended with, as text. */
async function callWith(t: TestContext, options: ApiFactoryOptions, seen: Seen): Promise<string> {
  const sent: string[] = [];
  if (seen.stalls) t.mock.timers.enable({ apis: ['setTimeout'] });
  const fetch: ApiFactoryOptions['fetch'] = async (url, init) => {
    sent.push(`${init?.method} ${url} ${JSON.stringify(Object.fromEntries(new Headers(init?.headers)))}`);
    const { signal } = init ?? {};
    if (seen.stalls && signal) {
      const aborted = new Promise((_, reject) => signal.addEventListener('abort', reject));
      t.mock.timers.tick(60_000);
      await aborted;
    }
    return seen.answer?.() ?? new Response('{}');
  };
  const clock = testClock();
  const all = { fixedEndpoint: undefined, fetch, clock, ...seen.beside, ...options };
  const client = thermostatClient(t, '', all, seen.metadata);
  const input = { room: 'hall', Bucket: 'photos', Key: 'cat' };
  const ended = await client.call(seen.operation ?? setTemperature, input).then(
    () => 'answered',
    (error: Error) => `${error.name}: ${error.message}`,
  );
  t.mock.timers.reset();
  return [...sent, ended, ...told.splice(0)].join('\n');
}

const discoverable: Partial<ApiMetadata> = {
  endpointDiscovery: { operation: 'DescribeEndpoints', discovery: EndpointDiscovery },
};
const pathStyle: Partial<ApiMetadata> = {
  endpoints: {
    defaults: {},
    builtIns: { 'AWS::Region': 'Region', 'AWS::S3::ForcePathStyle': 'ForcePathStyle' },
    settings: [],
    resolve: ({ ForcePathStyle }) => ({ url: new URL(`https://style.example/${ForcePathStyle}`) }),
  },
};
const hallPrefix: Operation = { ...setTemperature, hostPrefix: '{room}.' };

/** Options of the factory that a call over `fetch` shows. */
const ofFactory: Record<
  Exclude<keyof ApiFactoryOptions, 'agent' | 'connectTimeoutMs' | 'maxSockets' | 'profile'>,
  Seen
> = {
  region: { options: { region: 'sa-east-1' }, shows: /thermostat\.sa-east-1\..*\/sa-east-1\// },
  credentials: {
    options: { credentials: { awsAccessKeyId: 'OTHER', awsSecretKey: 'key' } },
    shows: /Credential=OTHER/,
  },
  credentialProvider: {
    beside: { credentials: undefined },
    options: { credentialProvider: async () => ({ accessKeyId: 'FOUND', secretAccessKey: 'key' }) },
    shows: /Credential=FOUND/,
  },
  bearerToken: {
    operation: { ...setTemperature, auth: ['bearer', 'sigv4'] },
    options: { bearerToken: 'let-me' },
    shows: /Bearer let-me/,
  },
  fixedEndpoint: {
    options: { fixedEndpoint: 'https://own.example/base' },
    shows: /https:\/\/own\.example\/base\/rooms/,
  },
  endpointResolver: {
    options: { endpointResolver: new FixedBaseEndpointResolver('https://resolved.example') },
    shows: /https:\/\/resolved\.example\/rooms/,
  },
  disableHostPrefix: { operation: hallPrefix, options: { disableHostPrefix: true }, shows: /\/\/thermostat/ },
  useDualstackEndpoint: { options: { useDualstackEndpoint: true }, shows: /\.api\.aws\// },
  useFipsEndpoint: { options: { useFipsEndpoint: true }, shows: /thermostat-fips\./ },
  endpointSettings: {
    metadata: pathStyle,
    options: { endpointSettings: { forcePathStyle: true } },
    shows: /style\.example\/true/,
  },
  followRegionRedirects: {
    metadata: s3Metadata,
    operation: getObject,
    answer: () => new Response('', { status: 301, headers: { 'x-amz-bucket-region': 'eu-west-1' } }),
    options: { followRegionRedirects: true },
    shows: /\/eu-west-1\/s3/,
  },
  endpointDiscoveryEnabled: {
    metadata: discoverable,
    operation: { ...setTemperature, discovery: { required: true } },
    options: { endpointDiscoveryEnabled: false },
    shows: /must be discovered/,
  },
  retryMode: { options: { retryMode: 'adaptive' }, shows: /m\/[A-Z,]*F/ },
  maxAttempts: {
    answer: () => new Response('{}', { status: 500 }),
    options: { maxAttempts: 2 },
    shows: /attempt=2; max=2/,
  },
  timeoutMs: { stalls: true, options: { timeoutMs: 60_000 }, shows: /60000 ms/ },
  attemptTimeoutMs: {
    stalls: true,
    beside: { maxAttempts: 1 },
    options: { attemptTimeoutMs: 60_000 },
    shows: /60000 ms/,
  },
  fetch: {
    options: { fetch: () => Promise.reject(new Error('my own fetch')) },
    beside: { maxAttempts: 1 },
    shows: /my own fetch/,
  },
  use: {
    options: {
      use: [
        {
          call(call, next) {
            told.push(`around: ${call.operation}`);
            return next();
          },
        },
      ],
    },
    shows: /around: SetTemperature/,
  },
  hooks: {
    options: { hooks: { response: ({ status }) => told.push(`hook: ${status}`) } },
    shows: /hook: 200/,
  },
  appId: { options: { appId: 'my-app' }, shows: /app\/my-app/ },
  clock: { options: { clock: { now: () => Date.UTC(2001, 1, 3) } }, shows: /20010203T000000Z/ },
};

suite('every option of an ApiFactory changes something', () => {
  for (const [name, seen] of Object.entries(ofFactory)) {
    test(name, async (t) => {
      assert.match(await callWith(t, seen.options, seen), seen.shows);
      assert.doesNotMatch(await callWith(t, {}, seen), seen.shows);
    });
  }

  test('profile', async (t) => {
    await using home = await Home.with({
      config: '[default]\nregion = eu-west-1\n[profile work]\nregion = eu-west-2\n',
    });
    await using _ = environment({ AWS_CONFIG_FILE: `${home.path}/config` });
    const seen = { options: { profile: 'work' }, beside: { region: undefined }, shows: /eu-west-2/ };
    assert.match(await callWith(t, seen.options, seen), seen.shows);
    assert.doesNotMatch(await callWith(t, {}, seen), seen.shows);
  });

  test('agent', async (t) => {
    const service = await startStubService(t, () => ({}));
    const connected: unknown[] = [];
    class Own extends Agent {
      override createConnection(...args: Parameters<Agent['createConnection']>) {
        connected.push(args[0].port);
        return super.createConnection(...args);
      }
    }
    const agent = new Own();
    t.after(() => agent.destroy());
    await thermostatClient(t, service.url, { agent }).call(getTemperature, { room: 'hall' });
    assert.equal(connected.length, 1);
  });

  test('maxSockets', async (t) => {
    let open = 0;
    let most = 0;
    const answers: (() => void)[] = [];
    const service = await startStubService(t, async () => {
      open += 1;
      most = Math.max(most, open);
      await new Promise<void>((resolve) => {
        answers.push(resolve);
        setImmediate(() => answers.shift()?.());
      });
      open -= 1;
      return {};
    });
    const client = thermostatClient(t, service.url, { maxSockets: 1 });
    await Promise.all(Array.from({ length: 5 }, () => client.call(getTemperature, { room: 'hall' })));
    assert.equal(most, 1);
  });

  test('those of node:http are refused by name where requests go through fetch', async (t) => {
    for (const option of [{ agent: new Agent() }, { maxSockets: 3 }, { connectTimeoutMs: 60_000 }]) {
      const [name = ''] = Object.keys(option);
      const client = thermostatClient(t, 'http://localhost', { fetch, ...option });
      const called = client.call(getTemperature, { room: 'hall' });
      await assert.rejects(called, { code: 'unsupported', message: new RegExp(`"${name}"`) });
    }
    const both = thermostatClient(t, 'http://localhost', { agent: new Agent(), maxSockets: 3 });
    await assert.rejects(both.call(getTemperature, { room: 'hall' }), {
      code: 'unsupported',
      message: /"maxSockets" beside `agent`/,
    });
  });

  test('those of the aws_api library that are not there are refused by name', () => {
    const extras = { extras: { afterFetch() {} } };
    assert.throws(() => new ApiFactory(extras as object), { code: 'unsupported', message: /"extras"/ });
    const imds = { client: {} };
    assert.throws(() => new EC2MetadataCredentials(imds as object), {
      code: 'unsupported',
      message: /"client"/,
    });
  });
});

const s3: EndpointParameters = {
  apiMetadata: { serviceId: 'S3', apiVersion: '2006-03-01', endpointPrefix: 's3' },
  region: 'eu-west-1',
  requestPath: '/photos/cat?versionId=1',
};
const sts: EndpointParameters = {
  ...s3,
  apiMetadata: { serviceId: 'STS', apiVersion: '2011-06-15', endpointPrefix: 'sts' },
  requestPath: '/',
};
const of = (options: First<typeof AwsEndpointResolver>, parameters: EndpointParameters) =>
  new AwsEndpointResolver(options).resolveUrl(parameters).url.href;

suite('every option of a resolver of endpoints changes something', () => {
  const checks: Record<keyof First<typeof AwsEndpointResolver>, () => void> = {
    forceRegional() {
      assert.equal(of({}, sts), 'https://sts.amazonaws.com/');
      assert.equal(of({ forceRegional: true }, sts), 'https://sts.eu-west-1.amazonaws.com/');
    },
    upgradeEndpoints() {
      assert.equal(of({}, s3), 'https://photos.s3.dualstack.eu-west-1.amazonaws.com/cat?versionId=1');
      const plain = 'https://photos.s3.eu-west-1.amazonaws.com/cat?versionId=1';
      assert.equal(of({ upgradeEndpoints: false }, s3), plain);
    },
  };
  for (const [name, check] of Object.entries(checks)) test(`AwsEndpointResolver: ${name}`, check);

  /** What each resolver makes of each parameter that it is given. */
  const changed: readonly (readonly [keyof EndpointParameters, EndpointParameters, RegExp])[] = [
    ['region', { ...s3, region: 'cn-north-1' }, /cn-north-1/],
    ['hostPrefix', { ...s3, hostPrefix: 'route.' }, /\/\/route\..*\/photos\/cat/],
    ['requestPath', { ...s3, requestPath: '/my.photos/dog' }, /\/my\.photos\/dog$/],
  ];
  for (const resolver of [new AwsEndpointResolver(), new S3CompatibleEndpointResolver('objects.example')]) {
    for (const [name, parameters, shows] of changed) {
      test(`${resolver.constructor.name}: ${name}`, () => {
        assert.match(resolver.resolveUrl(parameters).url.href, shows);
        assert.doesNotMatch(resolver.resolveUrl(s3).url.href, shows);
      });
    }
  }
});

type Checks<Options> = Record<keyof Options, () => Promise<void>>;

const keysOf = (name: string) =>
  JSON.stringify({
    AccessKeyId: name,
    SecretAccessKey: 'key',
    Token: 'token',
    Expiration: '2099-01-01T00:00:00Z',
  });
const profiles =
  '[default]\naws_access_key_id = first\naws_secret_access_key = k\n[work]\naws_access_key_id = second\naws_secret_access_key = k\n';

suite('every option of a class of credentials changes something', { concurrency: 1 }, () => {
  test('EnvironmentCredentials: prefix', async () => {
    await using _ = environment({ OTHER_ACCESS_KEY_ID: 'id', OTHER_SECRET_ACCESS_KEY: 'key' });
    assert.equal((await new EnvironmentCredentials('OTHER').getCredentials()).awsAccessKeyId, 'id');
    await assert.rejects(new EnvironmentCredentials().getCredentials(), { code: 'noCredentials' });
  });

  const ini: Checks<First<typeof SharedIniFileCredentials>> = {
    profile: () => iniKey({ profile: 'work' }, 'second'),
    filename: () => iniKey({ filename: 'other' }, 'third'),
    filedata: () => iniKey({ filedata: profiles.replace('first', 'fourth') }, 'fourth'),
  };
  async function iniKey(options: First<typeof SharedIniFileCredentials>, expected: string): Promise<void> {
    await using home = await Home.with({
      credentials: profiles,
      other: profiles.replace('first', 'third'),
    });
    await using _ = environment({
      HOME: home.path,
      AWS_SHARED_CREDENTIALS_FILE: `${home.path}/credentials`,
    });
    const filename = options.filename && `${home.path}/${options.filename}`;
    const given = await new SharedIniFileCredentials({ ...options, filename }).getCredentials();
    assert.equal(given.awsAccessKeyId, expected);
    assert.equal((await new SharedIniFileCredentials().getCredentials()).awsAccessKeyId, 'first');
  }

  const ecs: Checks<First<typeof EcsTaskCredentials>> = {
    relativeUri: () => ecsKey({ relativeUri: '/a' }, '/a none'),
    serviceEndpoint: () => ecsKey({ relativeUri: '/b' }, '/b none'),
    fullUri: () => ecsKey({ fullUri: '/c' }, '/c none'),
    authHeader: () => ecsKey({ fullUri: '/d', authHeader: 'let me' }, '/d let me'),
  };
  async function ecsKey(options: First<typeof EcsTaskCredentials>, expected: string): Promise<void> {
    await using agent = await Loopback.start(({ headers, path }) => ({
      body: keysOf(`${path} ${headers['authorization'] ?? 'none'}`),
    }));
    await using _ = environment({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${agent.url}/default` });
    const { fullUri, relativeUri } = options;
    const given = new EcsTaskCredentials({
      ...options,
      ...(fullUri && { fullUri: agent.url + fullUri }),
      ...(relativeUri && { serviceEndpoint: agent.url }),
    });
    assert.equal((await given.getCredentials()).awsAccessKeyId, expected);
    assert.equal((await new EcsTaskCredentials().getCredentials()).awsAccessKeyId, '/default none');
  }

  const token: Checks<First<typeof TokenFileWebIdentityCredentials>> = {
    roleArn: () => asked({ roleArn: 'arn:aws:iam::000000000042:role/Other' }, 'RoleArn', /Other$/),
    tokenPath: () => asked({ tokenPath: 'other' }, 'WebIdentityToken', /^second$/),
    sessionName: () => asked({ sessionName: 'mine' }, 'RoleSessionName', /^mine$/),
  };
  async function asked(
    options: First<typeof TokenFileWebIdentityCredentials>,
    parameter: string,
    shows: RegExp,
  ): Promise<void> {
    await using sts = await startSts();
    await using home = await Home.with({ token: 'first', other: 'second' });
    await using _ = environment({
      HOME: home.path,
      AWS_ENDPOINT_URL_STS: sts.url,
      AWS_REGION: 'eu-west-1',
      AWS_ROLE_ARN: 'arn:aws:iam::000000000042:role/Builder',
      AWS_WEB_IDENTITY_TOKEN_FILE: `${home.path}/token`,
      AWS_ROLE_SESSION_NAME: 'usual',
    });
    const tokenPath = options.tokenPath && `${home.path}/${options.tokenPath}`;
    await new TokenFileWebIdentityCredentials({ ...options, tokenPath }).getCredentials();
    await new TokenFileWebIdentityCredentials().getCredentials();
    const [with_ = '', without = ''] = sts.received.map(
      ({ body }) => new URLSearchParams(body).get(parameter) ?? '',
    );
    assert.match(with_, shows);
    assert.doesNotMatch(without, shows);
  }

  const ec2: Checks<First<typeof EC2MetadataCredentials>> = {
    async serviceEndpoint() {
      await using metadata = await Loopback.start(({ path }) =>
        path.endsWith('credentials/') ? { body: 'role' } : { body: keysOf('instance') },
      );
      await using _ = environment({ HOME: '/nowhere', AWS_REGION: 'eu-west-1' });
      const given = await new EC2MetadataCredentials({ serviceEndpoint: metadata.url }).getCredentials();
      assert.equal(given.awsAccessKeyId, 'instance');
    },
    async endpointMode() {
      await using _ = environment({ HOME: '/nowhere' });
      const wrong = { endpointMode: 'IPv5' } as unknown as First<typeof EC2MetadataCredentials>;
      await assert.rejects(new EC2MetadataCredentials(wrong).getCredentials(), { message: /"IPv5"/ });
    },
    async timeoutMs() {
      await using _ = environment({ HOME: '/nowhere' });
      await assert.rejects(new EC2MetadataCredentials({ timeoutMs: -5 }).getCredentials(), {
        message: /metadata_service_timeout: found "-0.005"/,
      });
    },
  };

  const all = {
    SharedIniFileCredentials: ini,
    EcsTaskCredentials: ecs,
    TokenFileWebIdentityCredentials: token,
    EC2MetadataCredentials: ec2,
  };
  for (const [name, checks] of Object.entries(all))
    for (const [option, check] of Object.entries(checks)) test(`${name}: ${option}`, check);
});

suite('every option of the extras changes something', { concurrency: 1 }, () => {
  const presigning: GetSignedUrlOptions = {
    bucket: 'photos',
    path: 'cat',
    region: 'eu-west-1',
    credentials: { awsAccessKeyId: 'id', awsSecretKey: 'key' },
    date: new Date('2026-01-02T03:04:05Z'),
  };
  const urls: { readonly [Option in keyof Required<GetSignedUrlOptions>]: readonly [unknown, RegExp] } = {
    bucket: ['films', /\/\/films\./],
    path: ['dog', /\/dog\?/],
    useDualstack: [false, /\/\/photos\.s3\.eu-west-1\./],
    credentials: [{ awsAccessKeyId: 'other', awsSecretKey: 'key' }, /X-Amz-Credential=other%2F/],
    method: ['PUT', /X-Amz-Signature=/],
    region: ['us-west-2', /%2Fus-west-2%2F/],
    expiresIn: [60, /X-Amz-Expires=60&/],
    date: [new Date('2027-01-02T03:04:05Z'), /X-Amz-Date=2027/],
  };
  for (const [option, [value, shows]] of Object.entries(urls)) {
    test(`getPresignedUrl: ${option}`, async () => {
      const [without, with_] = [presigning, { ...presigning, [option]: value }].map(getPresignedUrl);
      assert.match((await with_) ?? '', shows);
      assert.notEqual(await with_, await without);
    });
  }

  const mebibyte = 1024 * 1024;
  /** Uploads 11 MiB. @returns the operations that were called, and how many parts were under way at most */
  async function upload(options: UploadOptions, fails = false) {
    const called: string[] = [];
    let underWay = 0;
    let most = 0;
    let joined = '';
    const note = (name: string) => async (params: object) => {
      called.push(name);
      if (name === 'complete') joined = JSON.stringify(params);
      return { UploadId: '1', ETag: 'tag' };
    };
    const client: UploadingClient = {
      putObject: note('put'),
      createMultipartUpload: note('create'),
      completeMultipartUpload: note('complete'),
      abortMultipartUpload: note('abort'),
      async uploadPart() {
        called.push('part');
        most = Math.max(most, ++underWay);
        await new Promise(setImmediate);
        underWay -= 1;
        if (fails) throw new Error('no space');
        return { ETag: 'tag' };
      },
    };
    const Body = new Uint8Array(11 * mebibyte);
    await managedUpload(client as never, { Body } as never, options).catch(() => called.push('failed'));
    return { called: called.join(' '), joined, most };
  }
  const uploading: Checks<UploadOptions> = {
    async queueSize() {
      assert.equal((await upload({ queueSize: 1 })).most, 1);
      assert.equal((await upload({})).most, 3);
    },
    async partSize() {
      assert.equal((await upload({ partSize: 6 * mebibyte })).called, 'create part part complete');
      assert.equal((await upload({})).called, 'create part part part complete');
    },
    async checksWhole() {
      assert.match((await upload({})).joined, /FULL_OBJECT/);
      assert.doesNotMatch((await upload({ checksWhole: false })).joined, /FULL_OBJECT/);
    },
    async onProgress() {
      const told: unknown[] = [];
      await upload({ onProgress: ({ loaded, total }) => told.push(`${loaded} of ${total}`) });
      assert.equal(told.at(-1), `${11 * mebibyte} of ${11 * mebibyte}`);
    },
    async signal() {
      assert.equal((await upload({ signal: AbortSignal.abort() })).called, 'failed');
    },
    async leavePartsOnError() {
      assert.doesNotMatch((await upload({ leavePartsOnError: true }, true)).called, /abort/);
      assert.match((await upload({}, true)).called, /abort failed$/);
    },
  };
  for (const [option, check] of Object.entries(uploading)) test(`managedUpload: ${option}`, check);
});

/** Sets environment variables, in place of all of AWS, until it is disposed of. */
function environment(variables: Readonly<Record<string, string>>): AsyncDisposable {
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (/^(AWS|OTHER)_/.test(name)) delete process.env[name];
  Object.assign(process.env, variables);
  return {
    async [Symbol.asyncDispose]() {
      process.env = before;
    },
  };
}
