import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { send } from '../../../http/testing/api.ts';
import { linksOf, readableText, startWithModels } from '../../testing/pages.ts';

const latchkey = await startWithModels();
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
  test('has its import line, its declaration, and each property with its type and documentation', async () => {
    const { text } = await open('/v0.4/docs/ssooidc/CreateTokenRequest');
    assertHas(
      text,
      `import type { CreateTokenRequest } from "${latchkey.url}/v0.4/services/ssooidc.ts?docs=full";`,
      'export interface CreateTokenRequest { clientId: string; clientSecret: string;',
      'clientId: string',
      'codeVerifier?: string | null',
      'scope?: string[] | null',
      'What is exchanged for tokens.',
    );
  });

  test('says what is required, and what values must fulfil', async () => {
    const { html } = await open('/v0.4/docs/ssooidc/CreateTokenRequest');
    const [, section = ''] = /<section class="member" id="clientSecret">(.*?)<\/section>/s.exec(html) ?? [];
    assertHas(readableText(section), 'required', 'sensitive', 'Has at most 4096 characters');
  });

  test('says where a property travels, its default and its pattern', async () => {
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
      'A random value is sent when it is left out',
      'token?: string | null',
      'Is the whole body',
    );
  });

  test('links the types that it names, and what names it', async () => {
    const { html, text } = await open('/v0.4/docs/weatherreports/GetForecastInput');
    const links = linksOf(html);
    assert.ok(links.includes('/v0.4/docs/weatherreports/Scale'));
    assert.ok(links.includes('/v0.4/docs/weatherreports/WEATHERReports.getForecast'), links.join('\n'));
    assertHas(text, 'WEATHERReports.getForecast as its input');
  });

  test('leads to the lines of the module as it is served', async () => {
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
  test('has its signature, what goes in and what comes out', async () => {
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

  test('tells its errors with their status, and whose fault they are', async () => {
    const { text } = await open('/v0.4/docs/ssooidc/SSOOIDC.createToken');
    assertHas(
      text,
      'InvalidClientException',
      'HTTP 401, the fault of the caller',
      'HTTP 500, the fault of the service',
    );
  });

  test('has the examples of its model as calls in TypeScript', async () => {
    const { text } = await open('/v0.4/docs/ssooidc/SSOOIDC.createToken');
    assertHas(
      text,
      'Redeem an approved device code',
      "const output = await client.createToken({ clientId: 'lk_ci_EXAMPLECLIENTID',",
      'It resolves with { accessToken:',
      'It fails with AuthorizationPendingException',
    );
  });

  test('tells how it travels, who may call it, and what calling it twice does', async () => {
    const { text } = await open('/v0.4/docs/sts/STS.getCallerIdentity');
    assertHas(text, 'POST / (awsQuery)', 'AWS Signature Version 4');
    assertHas(
      (await open('/v0.4/docs/ssooidc/SSOOIDC.createToken')).text,
      'POST /token (restJson1)',
      'anyone may call it',
    );
  });

  test('has the methods that page and wait, and says for what', async () => {
    const pages = (await open('/v0.4/docs/sso/SSO.listAccounts')).text;
    assertHas(
      pages,
      'paginateListAccounts(',
      'nextToken of a page is nextToken of the next; its items are accountList',
    );
    const city = (await open('/v0.4/docs/weatherreports/WEATHERReports.getCity')).text;
    assertHas(city, 'waitFor', 'It has come when', 'Asks again after');
  });

  test('is led to from its other methods', async () => {
    const answer = await send(latchkey, '/v0.4/docs/sso/SSO.paginateListAccounts');
    assert.equal(answer.status, 302);
    assert.equal(answer.headers.get('location'), '/v0.4/docs/sso/SSO.listAccounts#paginateListAccounts');
  });

  test('of an operation is also found by the name of the operation or the method alone', async () => {
    for (const [name, meant] of [
      ['ListAccounts', 'SSO.listAccounts'],
      ['listAccounts', 'SSO.listAccounts'],
      ['paginateListAccounts', 'SSO.listAccounts#paginateListAccounts'],
    ]) {
      const { status, headers } = await send(latchkey, `/v0.4/docs/sso/${name}`);
      assert.deepEqual([status, headers.get('location')], [302, `/v0.4/docs/sso/${meant}`]);
    }
  });

  test('says that it is deprecated', async () => {
    assertHas((await open('/v0.4/docs/weatherreports/WEATHERReports.listStations')).text, 'Deprecated');
  });
});

describe('what a declaration names of the runtime', () => {
  test('leads to the source that declares it', async () => {
    const { html } = await open('/v0.4/docs/ssooidc/SSOOIDC.createToken');
    assert.ok(linksOf(html).includes('/v0.4/client/call-options.ts'));
    const source = await open('/v0.4/client/call-options.ts');
    assertHas(source.text, 'export interface CallOptions');
    const ofProgram = await send(latchkey, '/v0.4/client/call-options.ts');
    assert.match(ofProgram.headers.get('content-type') ?? '', /^application\/typescript/);
  });
});

describe('the page of a symbol of another kind', () => {
  test('a client is imported as a value, tells how it is made, and lists its methods', async () => {
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

  test('an error is imported as a value, and says how it is known and whether to call again', async () => {
    const { text } = await open('/v0.4/docs/ssooidc/SlowDownException');
    assertHas(
      text,
      'import { SlowDownException }',
      'HTTP status 400',
      'Whose fault the caller',
      'Retryable not by its model',
    );
  });

  test('an enum has its values with their documentation', async () => {
    const { text } = await open('/v0.4/docs/ssooidc/InvalidRequestExceptionReason');
    assertHas(text, '"KMS_NotFoundException"', 'The key does not exist.');
  });

  test('a union has its members', async () => {
    const { text } = await open('/v0.4/docs/weatherreports/Outlook');
    assertHas(text, 'Members, of which it has one', 'rainMillimetres: number');
    assert.doesNotMatch(text, /optional/);
  });

  test('a stream of events tells the errors that end it', async () => {
    assertHas(
      (await open('/v0.4/docs/weatherreports/WeatherEvents')).text,
      'Errors that end the stream Throttled',
    );
  });

  test('the errors of an operation are told one by one', async () => {
    const { text } = await open('/v0.4/docs/ssooidc/CreateTokenError');
    assertHas(text, 'SlowDownException Requests come too fast');
  });
});

describe('the overview of a service', () => {
  test('tells what it is, and everything its module exports', async () => {
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

  test('of a version leads to pages of that version', async () => {
    const { html } = await open('/v0.4/docs/ssooidc@2019-06-10');
    assert.ok(linksOf(html).includes('/v0.4/docs/ssooidc@2019-06-10/CreateTokenRequest'));
  });

  test('is the same page for a program that does not ask for one', async () => {
    const { headers, status } = await send(latchkey, '/v0.4/docs/ssooidc');
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /^text\/html/);
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
  });

  test('of none in particular is the list of services', async () => {
    const { headers } = await send(latchkey, '/v0.4/docs');
    assert.equal(headers.get('location'), '/v0.4/services');
  });
});

describe('search', () => {
  test('finds operations, symbols and properties, and shows where', async () => {
    const { html, text } = await open('/v0.4/docs/ssooidc?q=verifier');
    assert.ok(linksOf(html).includes('/v0.4/docs/ssooidc/CreateTokenRequest#codeVerifier'));
    assertHas(text, '“verifier” in SSOOIDC');
    assert.match(html, /<mark>Verifier<\/mark>/);
    assert.match(html, /value="verifier"/);
  });

  test('that finds nothing says so', async () => {
    assertHas((await open('/v0.4/docs/ssooidc?q=zeppelin')).text, 'Nothing has all of these words');
  });

  test('stands on the page of every symbol', async () => {
    const { html } = await open('/v0.4/docs/ssooidc/CreateTokenRequest');
    assert.match(html, /<form class="search" role="search" action="\/v0\.4\/docs\/ssooidc">/);
  });
});

describe('a symbol that there is none of', () => {
  test('is told to a person with links to names that are near', async () => {
    const { html, status } = await open('/v0.4/docs/ssooidc/CreateTokenReqest');
    assert.equal(status, 404);
    assert.ok(linksOf(html).includes('/v0.4/docs/ssooidc/CreateTokenRequest'));
  });

  test('is told to a program as text', async () => {
    const { headers, status, text } = await send(latchkey, '/v0.4/docs/ssooidc/SSOOIDC.createTokn');
    assert.equal(status, 404);
    assert.match(headers.get('content-type') ?? '', /^text\/plain/);
    assert.match(text, /no symbol "SSOOIDC\.createTokn"\nDid you mean SSOOIDC\.createToken/);
  });

  test('of a service that there is none of is told with services that are near', async () => {
    const { status, text } = await send(latchkey, '/v0.4/docs/sso-oidc/CreateTokenRequest');
    assert.equal(status, 404);
    assert.match(text, /Did you mean ssooidc/);
  });
});
