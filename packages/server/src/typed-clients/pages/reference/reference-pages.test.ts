import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { send } from '../../../http/testing/api.ts';
import { linksOf, readableText, startWithModels } from '../../testing/pages.ts';

/** An operation that needs a structure in a list in a structure. */
const crates = {
  smithy: '2.0',
  shapes: {
    'example.crates#Crates': {
      type: 'service',
      version: '2020-01-01',
      operations: [{ target: 'example.crates#Fill' }],
      traits: {
        'aws.api#service': { sdkId: 'Crates' },
        'aws.auth#sigv4': { name: 'crates' },
        'aws.protocols#awsJson1_0': {},
      },
    },
    'example.crates#Fill': { type: 'operation', input: { target: 'example.crates#FillInput' } },
    'example.crates#FillInput': {
      type: 'structure',
      members: { load: { target: 'example.crates#Load', traits: { 'smithy.api#required': {} } } },
    },
    'example.crates#Load': {
      type: 'structure',
      members: {
        crates: { target: 'example.crates#CrateList', traits: { 'smithy.api#required': {} } },
        spare: { target: 'example.crates#Crate' },
      },
    },
    'example.crates#CrateList': { type: 'list', member: { target: 'example.crates#Crate' } },
    'example.crates#Crate': {
      type: 'structure',
      members: { weight: { target: 'smithy.api#Integer' } },
    },
  },
};

const latchkey = await startWithModels({ crates });
after(() => latchkey.close());

async function open(
  target: string,
): Promise<{ readonly status: number; readonly html: string; readonly text: string }> {
  const { status, text } = await send(latchkey, target, { headers: { accept: 'text/html' } });
  return { status, html: text, text: readableText(text) };
}

function assertHas(text: string, ...parts: readonly string[]): void {
  const found = text.replaceAll(/\s+/g, ' ');
  for (const part of parts) assert.ok(found.includes(part), `${part}\nin\n${found}`);
}

describe('the page of an interface', () => {
  test('the page of an interface has its import statement, its declaration, and each property with type and documentation', async () => {
    const { text } = await open('/v0.4/docs/ssooidc/CreateTokenRequest');
    assertHas(
      text,
      `import type { CreateTokenRequest } from "${latchkey.url}/v0.4/services/ssooidc.ts?docs=full";`,
      'export interface CreateTokenRequest { clientId: string; clientSecret: string;',
      'clientId: string',
      'codeVerifier?: string | null',
      'scope?: readonly string[] | null',
      'What is exchanged for tokens.',
    );
  });

  test('the page of an interface marks required properties, and has the constraints of values', async () => {
    const { html } = await open('/v0.4/docs/ssooidc/CreateTokenRequest');
    const [, section = ''] = /<section class="member" id="clientSecret">(.*?)<\/section>/s.exec(html) ?? [];
    assertHas(readableText(section), 'required', 'sensitive', 'Has at most 4096 characters');
  });

  test('the page of an interface has the place of each property in the request, its default and its pattern', async () => {
    const forecast = (await open('/v0.4/docs/weatherreports/GetForecastInput')).text;
    assertHas(
      forecast,
      'In the path as cityId',
      'In the query as scale',
      'Default: "C"',
      "Matches ^[\\w'-]+$",
    );
    const map = (await open('/v0.4/docs/weatherreports/PutMapInput')).text;
    assertHas(
      map,
      'when it is left out, a random value is sent',
      'token?: string | null',
      'Is the whole body',
    );
  });

  test('the page of an interface links the types that it uses, and the symbols that use it', async () => {
    const { html, text } = await open('/v0.4/docs/weatherreports/GetForecastInput');
    const links = linksOf(html);
    assert.ok(links.includes('/v0.4/docs/weatherreports/Scale'));
    assert.ok(links.includes('/v0.4/docs/weatherreports/WEATHERReports.getForecast'), links.join('\n'));
    assertHas(text, 'WEATHERReports.getForecast as its input');
  });

  test('the page of an interface links the lines of the served module', async () => {
    const module = (await send(latchkey, '/v0.4/services/ssooidc.ts?docs=full')).text.split('\n');
    const { html } = await open('/v0.4/docs/ssooidc/CreateTokenRequest');
    const sources = [...html.matchAll(/href="([^"]*)#L(\d+)">\[src\]<span class="spoken"> of ([\w.]+)</g)];
    assert.equal(sources.length, 10);
    for (const [, address, line, name = ''] of sources) {
      assert.equal(address, '/v0.4/services/ssooidc.ts?docs=full');
      assert.ok(module[Number(line) - 1]?.includes(name.split('.').at(-1) ?? ''), `${name} at ${line}`);
    }
  });
});

describe('the page of an operation', () => {
  test('the page of an operation has its signature, its parameters and its result', async () => {
    const { text } = await open('/v0.4/docs/ssooidc/SSOOIDC.createToken');
    assertHas(
      text,
      'createToken(params: CreateTokenRequest, opts?: CallOptions): Promise<CreateTokenResponse>',
      'Parameters: CreateTokenRequest',
      'Result: CreateTokenResponse',
      'accessToken: string',
      `import { SSOOIDC } from "${latchkey.url}/v0.4/services/ssooidc.ts?docs=full&actions=CreateToken";`,
    );
  });

  test('the page of an operation has its errors with status and fault', async () => {
    const { text } = await open('/v0.4/docs/ssooidc/SSOOIDC.createToken');
    assertHas(
      text,
      'InvalidClientException',
      'HTTP 401, the fault of the caller',
      'HTTP 500, the fault of the service',
    );
  });

  test('the page of an operation has the examples of the model as calls in TypeScript', async () => {
    const { text } = await open('/v0.4/docs/ssooidc/SSOOIDC.createToken');
    assertHas(
      text,
      'Redeem an approved device code',
      "const output = await client.createToken({ clientId: 'lk_ci_EXAMPLECLIENTID',",
      'It resolves with { accessToken:',
      'It fails with AuthorizationPendingException',
    );
  });

  test('the page of an operation has its HTTP binding, its authentication and its idempotency', async () => {
    const { text } = await open('/v0.4/docs/sts/STS.getCallerIdentity');
    assertHas(text, 'POST / (awsQuery)', 'AWS Signature Version 4');
    assertHas(
      (await open('/v0.4/docs/ssooidc/SSOOIDC.createToken')).text,
      'POST /token (restJson1)',
      'anyone may call it',
    );
  });

  test('the page of an operation has its paginator and waiter methods', async () => {
    const pages = (await open('/v0.4/docs/sso/SSO.listAccounts')).text;
    assertHas(
      pages,
      'paginateListAccounts(',
      'nextToken of a page is nextToken of the next; its items are accountList',
    );
    const city = (await open('/v0.4/docs/weatherreports/WEATHERReports.getCity')).text;
    assertHas(city, 'waitFor', 'Succeeds when', 'Calls again after');
  });

  test('the URL of a paginator or waiter method redirects to the page of its operation', async () => {
    const answer = await send(latchkey, '/v0.4/docs/sso/SSO.paginateListAccounts');
    assert.equal(answer.status, 302);
    assert.equal(answer.headers.get('location'), '/v0.4/docs/sso/SSO.listAccounts#paginateListAccounts');
  });

  test('the name of an operation or a method alone redirects to the page of the operation', async () => {
    for (const [name, meant] of [
      ['ListAccounts', 'SSO.listAccounts'],
      ['listAccounts', 'SSO.listAccounts'],
      ['paginateListAccounts', 'SSO.listAccounts#paginateListAccounts'],
    ]) {
      const { status, headers } = await send(latchkey, `/v0.4/docs/sso/${name}`);
      assert.deepEqual([status, headers.get('location')], [302, `/v0.4/docs/sso/${meant}`]);
    }
  });

  test('the page of a deprecated operation says so', async () => {
    assertHas((await open('/v0.4/docs/weatherreports/WEATHERReports.listStations')).text, 'Deprecated');
  });
});

describe('names of the runtime in declarations', () => {
  test('a name of the runtime in a declaration links its page, and that the source file that declares it', async () => {
    const { html } = await open('/v0.4/docs/ssooidc/SSOOIDC.createToken');
    assert.ok(linksOf(html).includes('/v0.4/docs/client/CallOptions'));
    const page = await open('/v0.4/docs/client/CallOptions');
    assert.ok(linksOf(page.html).some((link) => link.startsWith('/v0.4/client/call-options.ts#L')));
    const source = await open('/v0.4/client/call-options.ts');
    assertHas(source.text, 'export interface CallOptions');
    const ofProgram = await send(latchkey, '/v0.4/client/call-options.ts');
    assert.match(ofProgram.headers.get('content-type') ?? '', /^application\/typescript/);
  });
});

describe('pages of other kinds of symbols', () => {
  test('the page of a client has a value import, the way to construct it, and its methods', async () => {
    const { text } = await open('/v0.4/docs/ssooidc/SSOOIDC');
    assertHas(
      text,
      `import { SSOOIDC } from "${latchkey.url}/v0.4/services/ssooidc.ts?docs=full";`,
      `import { ApiFactory } from "${latchkey.url}/v0.4/client/mod.ts";`,
      'static readonly ApiMetadata: ApiMetadata',
      'constructor(apiFactory: ApiFactory)',
      'startDeviceAuthorization( params: StartDeviceAuthorizationRequest,',
    );
  });

  test('the page of an error has a value import, its facts, and what to do about it', async () => {
    const { text } = await open('/v0.4/docs/ssooidc/SlowDownException');
    assertHas(
      text,
      'import { SlowDownException }',
      'HTTP status 400',
      'Fault of the caller',
      'Retried no',
      'What to do Call less often.',
    );
  });

  test('the page of an operation says of each error what to do', async () => {
    assertHas(
      (await open('/v0.4/docs/ssooidc/SSOOIDC.createToken')).text,
      'ExpiredTokenException',
      'HTTP 400, the fault of the caller. Sign in again, or use other credentials.',
      'HTTP 500, the fault of the service. The client has tried three times: call again later.',
    );
  });

  test('the page of an enum has its values with their documentation', async () => {
    const { text } = await open('/v0.4/docs/ssooidc/InvalidRequestExceptionReason');
    assertHas(text, '"KMS_NotFoundException"', 'The key does not exist.');
  });

  test('the page of a union has its members', async () => {
    const { text } = await open('/v0.4/docs/weatherreports/Outlook');
    assertHas(text, 'Members, exactly one of which is set', 'rainMillimetres: number');
    assert.doesNotMatch(text, /optional/);
  });

  test('the page of an event stream has the errors that end it', async () => {
    assertHas(
      (await open('/v0.4/docs/weatherreports/WeatherEvents')).text,
      'Errors that end the stream # Throttled',
    );
  });

  test('the page of an error union lists the errors of the operation', async () => {
    const { text } = await open('/v0.4/docs/ssooidc/CreateTokenError');
    assertHas(text, 'SlowDownException Requests come too fast', 'Call less often.');
  });
});

describe('the program at the top of a type’s page', () => {
  const cases: readonly (readonly [kind: string, target: string, program: string])[] = [
    [
      'an input',
      'ssooidc/CreateTokenRequest',
      "const input: CreateTokenRequest = { clientId: 'my-client-id', clientSecret: 'my-client-secret', grantType: 'my-grant-type', }; " +
        'const output = await client.createToken(input); console.log(output);',
    ],
    [
      'a type in an answer',
      'sso/AccountInfo',
      'const value: AccountInfo | null | undefined = output.accountList[0]; console.log(value);',
    ],
    [
      'an error',
      'ssooidc/SlowDownException',
      'if (!(error instanceof SlowDownException)) throw error; console.error(error.message);',
    ],
    [
      'the errors of an operation',
      'ssooidc/CreateTokenError',
      'const known = error as CreateTokenError; switch (known.name) {',
    ],
    [
      'an enum',
      'weatherreports/Scale',
      "const value: Scale = 'C'; const output = await client.getForecast({ cityId: 'my-city-id', scale: value });",
    ],
    [
      'an event',
      'weatherreports/OutlookEvent',
      'for await (const event of output.events ?? []) { const value: OutlookEvent | null | undefined = event.outlook; console.log(value); }',
    ],
    ['a client', 'sso/SSO', 'const output = await client.'],
  ];
  for (const [kind, target, program] of cases) {
    test(`the page of ${kind} has a program with a value of it`, async () => {
      const { text } = await open(`/v0.4/docs/${target}`);
      assertHas(text, `import { ApiFactory } from "${latchkey.url}/v0.4/client/mod.ts";`, program);
    });
  }

  test('the program imports the module of the operation that it calls, with the type', async () => {
    assertHas(
      (await open('/v0.4/docs/ssooidc/CreateTokenRequest')).text,
      `import { SSOOIDC, type CreateTokenRequest } from "${latchkey.url}/v0.4/services/ssooidc.ts?docs=full&actions=CreateToken";`,
    );
  });

  test('the program imports the whole module where the type has another name in a smaller one', async () => {
    const { text } = await open('/v0.4/docs/weatherreports/PutMapError_');
    assertHas(
      text,
      `import { WEATHERReports, type PutMapError_ } from "${latchkey.url}/v0.4/services/weatherreports.ts?docs=full";`,
    );
  });

  test('the parts of a type’s page are in the order in which they are needed', async () => {
    const { html } = await open('/v0.4/docs/weatherreports/Scale');
    const found = html
      .slice(html.indexOf('<main'))
      .matchAll(/(?<=<)h1(?=>)|class="import"|(?<=<h2 id=")[a-z-]+|In the model/g);
    assert.deepEqual(
      [...new Set(Array.from(found, ([part]) => part))],
      ['h1', 'class="import"', 'the-declaration', 'all-values', 'used-by', 'In the model'],
    );
  });
});

describe('what requires a type', () => {
  test('the page of a type says which operations cannot be called without it, and through which members', async () => {
    const { html } = await open('/v0.4/docs/crates/Crate');
    const [, section = ''] = /<h2 id="required-by">(.*?)<h2/s.exec(html) ?? [];
    assertHas(readableText(section), 'fill as load.crates');
    assert.ok(linksOf(section).includes('/v0.4/docs/crates/Crates.fill'));
  });

  test('the page of a type marks the members that must have a value of it', async () => {
    const { html } = await open('/v0.4/docs/crates/Crate');
    const [, section = ''] = /<h2 id="used-by">(.*?)<\/ul>/s.exec(html) ?? [];
    assertHas(readableText(section), 'Load.crates required', 'Load.spare');
    assert.doesNotMatch(readableText(section), /spare required/);
  });
});

describe('the overview of a service', () => {
  test('the overview of a service has its facts, and everything that its module exports', async () => {
    const { html, text } = await open('/v0.4/docs/ssooidc');
    assertHas(
      text,
      'Protocol restJson1',
      'Signing name sso-oauth',
      'Endpoint https://oidc.us-east-1.amazonaws.com in us-east-1',
      'API version 2019-06-10',
      'Signs people in',
    );
    assertHas(text, 'createToken Exchanges what a client has');
    const { text: module } = await send(latchkey, '/v0.4/services/ssooidc.ts');
    const links = linksOf(html);
    for (const [, name] of module.matchAll(/^export (?:class|interface|type) (\w+)/gm)) {
      assert.ok(links.includes(`/v0.4/docs/ssooidc/${name}`), name);
    }
  });

  test('the overview of an API version links pages of that version', async () => {
    const { html } = await open('/v0.4/docs/ssooidc@2019-06-10');
    assert.ok(linksOf(html).includes('/v0.4/docs/ssooidc@2019-06-10/CreateTokenRequest'));
  });

  test('the overview of a service is a page for programs, too', async () => {
    const { headers, status } = await send(latchkey, '/v0.4/docs/ssooidc');
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /^text\/html/);
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
  });

  test('the logo on a page about typed clients leads to the home of the reference', async () => {
    for (const target of [
      '/v0.4/docs/ssooidc',
      '/v0.4/services/ssooidc',
      '/v0.4/search?q=x',
      '/v0.4/docs/nope',
    ]) {
      assert.match((await open(target)).html, /<a class="brand" href="\/v0\.4\/docs">/, target);
    }
  });
});

describe('search of the reference', () => {
  test('a search of one service leads to the search of all, with a filter', async () => {
    const { headers } = await send(latchkey, '/v0.4/docs/ssooidc?q=verifier');
    assert.equal(headers.get('location'), '/v0.4/search?q=in%3Assooidc+verifier');
  });

  test('the page of every symbol has the search box', async () => {
    const { html } = await open('/v0.4/docs/ssooidc/CreateTokenRequest');
    assert.match(html, /<form class="search" role="search" action="\/v0\.4\/search">/);
  });
});

describe('unknown symbols', () => {
  test('an unknown symbol is answered with links to similar names in a browser', async () => {
    const { html, status } = await open('/v0.4/docs/ssooidc/CreateTokenReqest');
    assert.equal(status, 404);
    const links = linksOf(html).filter((href) => href === '/v0.4/docs/ssooidc/CreateTokenRequest');
    assert.equal(links.length, 1, 'suggestions are shown once');
    assert.match(html, /name="q" type="search" value="CreateTokenReqest"/);
  });

  test('an unknown symbol is answered as text to a program', async () => {
    const { headers, status, text } = await send(latchkey, '/v0.4/docs/ssooidc/SSOOIDC.createTokn');
    assert.equal(status, 404);
    assert.match(headers.get('content-type') ?? '', /^text\/plain/);
    assert.match(text, /no symbol "SSOOIDC\.createTokn"\nDid you mean SSOOIDC\.createToken/);
  });

  test('the reference of an unknown service is answered with similar services', async () => {
    const { status, text } = await send(latchkey, '/v0.4/docs/sso-oidc/CreateTokenRequest');
    assert.equal(status, 404);
    assert.match(text, /Did you mean ssooidc/);
  });
});

describe('what the page of an operation begins and ends with', () => {
  test('the page of an operation has a whole program, its required parameters filled in', async () => {
    const { text } = await open('/v0.4/docs/ssooidc/SSOOIDC.createToken');
    assertHas(
      text,
      `import { ApiFactory } from "${latchkey.url}/v0.4/client/mod.ts"; ` +
        `import { SSOOIDC } from "${latchkey.url}/v0.4/services/ssooidc.ts?docs=full&actions=CreateToken"; ` +
        "const client = new ApiFactory({ region: 'us-east-1' }).makeNew(SSOOIDC); " +
        "const output = await client.createToken({ clientId: 'my-client-id', clientSecret: 'my-client-secret', grantType: 'my-grant-type', }); " +
        'console.log(output);',
    );
  });

  test('the page of an operation has the request of that program as it is sent', async () => {
    const { text } = await open('/v0.4/docs/ssooidc/SSOOIDC.createToken');
    assertHas(
      text,
      'POST /token HTTP/1.1 host: oidc.us-east-1.amazonaws.com content-type: application/json ' +
        '{"clientId":"my-client-id","clientSecret":"my-client-secret","grantType":"my-grant-type"}',
    );
    const { text: signed } = await open('/v0.4/docs/sts/STS.getCallerIdentity');
    assertHas(signed, 'Credential=AKIA…/20300131/us-east-1/sts/aws4_request');
    assertHas(signed, 'Action=GetCallerIdentity&Version=2011-06-15');
  });

  test('the parts of an operation’s page are in the order in which they are needed', async () => {
    const { html } = await open('/v0.4/docs/weatherreports/WEATHERReports.getCity');
    const parts = [
      '<h1>',
      'class="import"',
      'Signature',
      'the-parameters',
      'the-result',
      'all-errors',
      'all-waiters',
      'on-the-wire',
      'In the model',
    ];
    const places = parts.map((part) => html.indexOf(part, html.indexOf('<main')));
    assert.ok(
      places.every((place) => place > 0),
      String(places),
    );
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
  });

  test('the page of an operation leads to its paginator and its waiters', async () => {
    assertHas((await open('/v0.4/docs/sso/SSO.listAccounts')).text, 'Paginated by paginateListAccounts');
    const { html, text } = await open('/v0.4/docs/weatherreports/WEATHERReports.getCity');
    assert.match(text, /Waited for by waitFor\w+/);
    assert.ok(linksOf(html).some((href) => href.startsWith('#waitFor')));
  });
});

describe('the page of an operation on the wire', () => {
  test('the page of an operation leads to the whole of its messages, and back', async () => {
    const operation = '/v0.4/docs/ssooidc/SSOOIDC.createToken';
    assert.ok(linksOf((await open(operation)).html).includes(`${operation}/wire`));
    const { html, text } = await open(`${operation}/wire`);
    assert.ok(linksOf(html).includes(operation));
    assertHas(text, 'POST /token HTTP/1.1 host: oidc.us-east-1.amazonaws.com', '"refreshToken": "string"');
  });

  test('a name on the wire leads to its member, and a placeholder to the type of which it is', async () => {
    const { html } = await open('/v0.4/docs/weatherreports/WEATHERReports.getForecast/wire');
    const links = linksOf(html);
    for (const link of ['GetForecastInput#day', 'GetForecastOutput#hours', 'Scale', 'NoSuchCity#cityId']) {
      assert.ok(links.includes(`/v0.4/docs/weatherreports/${link}`), link);
    }
  });

  test('the page of an operation on the wire has its events, and explains the placeholders that it has', async () => {
    const { text } = await open('/v0.4/docs/weatherreports/WEATHERReports.watchWeather/wire');
    assertHas(text, ':event-type: city', ':exception-type: throttled', 'Bytes as they are');
    assert.doesNotMatch(text, /RFC 3339/);
  });

  test('the page of an operation on the wire is found by the name of the operation, too', async () => {
    for (const name of ['GetForecast', 'getForecast']) {
      const { headers, status } = await send(latchkey, `/v0.4/docs/weatherreports/${name}/wire`);
      assert.equal(status, 302);
      assert.equal(headers.get('location'), '/v0.4/docs/weatherreports/WEATHERReports.getForecast/wire');
    }
    const { status, text } = await open('/v0.4/docs/weatherreports/WEATHERReports.getForcast/wire');
    assert.equal(status, 404);
    assertHas(text, 'WEATHERReports.getForecast');
  });
});

test('every page of a service names the API version of the model that it comes from', async () => {
  for (const page of [
    'SSOOIDC.createToken',
    'SSOOIDC.createToken/wire',
    'CreateTokenRequest',
    'CreateTokenError',
  ]) {
    assertHas((await open(`/v0.4/docs/ssooidc/${page}`)).text, 'In the model, API version 2019-06-10: ');
  }
});

test('an operation of AWS leads to its pages in the documentation of AWS, an operation of others does not', async () => {
  const own = await send(latchkey, '/v0.4/docs/ssooidc/SSOOIDC.createToken', {
    headers: { accept: 'text/html' },
  });
  const links = linksOf(own.text).filter((href) => href.startsWith('https://docs.aws.amazon.com/goto/'));
  assert.ok(links.includes('https://docs.aws.amazon.com/goto/WebAPI/sso-oidc-2019-06-10/CreateToken'));
  assert.ok(links.includes('https://docs.aws.amazon.com/goto/cli2/sso-oidc-2019-06-10/CreateToken'));
  const other = await send(latchkey, '/v0.4/docs/weatherreports/WEATHERReports.getCity', {
    headers: { accept: 'text/html' },
  });
  assert.doesNotMatch(other.text, /id="elsewhere"/);
});
