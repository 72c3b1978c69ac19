import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import { skipWithoutAwsModels, startInstanceWithAwsModels } from './harness/aws-models.ts';
import { DenoUser } from './harness/deno.ts';
import { parseInterface } from './harness/deno-doc.ts';
import { startInstance } from './harness/instance.ts';

const createTokenRequest = {
  clientId: 'string',
  clientSecret: 'string',
  'code?': 'string | null',
  'codeVerifier?': 'string | null',
  'deviceCode?': 'string | null',
  grantType: 'string',
  'redirectUri?': 'string | null',
  'refreshToken?': 'string | null',
  'scope?': 'readonly string[] | null',
};

/** Each with its way of sending, its size or its streams; together they need all that a module can import. */
const awsServices = ['dynamodb', 'iam', 'rds', 's3', 'sqs', 'transcribestreaming'];

for (const { models, skip, start } of [
  { models: "Latchkey's own models", skip: false, start: startInstance },
  { models: "AWS's models", skip: skipWithoutAwsModels, start: startInstanceWithAwsModels },
]) {
  suite(`Deno's tools, on modules made from ${models}`, { skip }, () => {
    let latchkey: Latchkey;
    let denoUser: DenoUser;
    let ssooidc: string;
    before(async () => {
      latchkey = await start();
      denoUser = await DenoUser.of(latchkey);
      ssooidc = `${latchkey.url}/v0.4/services/ssooidc.ts?docs=full`;
    });
    after(async () => {
      await denoUser[Symbol.asyncDispose]();
      await latchkey.close();
    });

    test('deno doc prints each property of a request, with its documentation', async () => {
      const printed = await succeed(denoUser, 'doc', '--filter', 'CreateTokenRequest', ssooidc);
      const { properties, undocumented } = parseInterface(printed);
      assert.deepEqual(properties, createTokenRequest);
      assert.deepEqual(undocumented, []);
    });

    test('a type can be imported on its own', async () => {
      await denoUser.write(
        'types.ts',
        `import type { CreateTokenRequest } from '${ssooidc}';
export const request: CreateTokenRequest = { clientId: 'a', clientSecret: 'b', grantType: 'refresh_token', scope: null };
// @ts-expect-error: a scope is a list
export const wrong: CreateTokenRequest = { ...request, scope: 'sso:account:access' };
`,
      );
      await succeed(denoUser, 'check', 'types.ts');
    });
  });
}

suite("Deno's checks of served modules", () => {
  test('deno doc --lint finds nothing undocumented', async () => {
    await using latchkey = await startInstance();
    await using denoUser = await DenoUser.of(latchkey);
    const runtime = `${latchkey.url}/v0.4/client/`;
    for (const name of ['sso', 'ssooidc', 'sts']) {
      // It looks into local files alone.
      const module = await fetch(`${latchkey.url}/v0.4/services/${name}.ts?docs=full`);
      await denoUser.write(`${name}.ts`, (await module.text()).replaceAll('../client/', runtime));
    }
    await succeed(denoUser, 'doc', '--lint', 'sso.ts', 'ssooidc.ts', 'sts.ts');
  });

  test('the types of a module by URL are those that clients need, and none of servers', async (t) => {
    await using latchkey = await startInstance();
    await using denoUser = await DenoUser.of(latchkey);
    const files = (await graphOf(denoUser, `${latchkey.url}/v0.4/services/ssooidc.ts`)).map(
      ({ specifier }) => specifier,
    );
    t.diagnostic(`types included, ssooidc.ts is ${files.length} files`);
    assert.ok(files.includes(`${latchkey.url}/v0.4/wire/rest-json1/client.ts`));
    assert.deepEqual(
      files.filter((file) => file.endsWith('/server.ts')),
      [],
    );
  });

  test('the code of a program is there after two round trips: its modules, and the runtime in one file', async () => {
    await using latchkey = await startInstance();
    await using denoUser = await DenoUser.of(latchkey);
    const urls = ['client/mod.ts', 'services/ssooidc.ts', 'services/sts.ts'].map(
      (path) => `${latchkey.url}/v0.4/${path}`,
    );
    await denoUser.write('program.ts', urls.map((url) => `import '${url}';\n`).join(''));
    const graph = await graphOf(denoUser, 'program.ts');
    const load = (importers: readonly string[]) => [
      ...new Set(
        graph
          .filter(({ specifier }) => importers.includes(specifier))
          .flatMap(({ dependencies = [] }) => dependencies.flatMap(({ code }) => code?.specifier ?? []))
          .filter((specifier) => !specifier.startsWith('node:')),
      ),
    ];
    const loaded = new Set([...urls, ...load(urls)]);
    const later = load(load(urls)).filter((url) => !loaded.has(url));
    assert.deepEqual(later, [], 'a third round trip');
    assert.ok(loaded.size < 10, [...loaded].join());
    assert.equal([...loaded].filter((url) => url.includes('/runtime-')).length, 1);
  });

  test('an editor completes the URLs of modules', async () => {
    await using latchkey = await startInstance();
    await using denoUser = await DenoUser.of(latchkey);
    using server = await denoUser.openEditor();
    const services = await server.complete(`import '${latchkey.url}/v0.4/services/ss`);
    assert.ok(services.includes('ssooidc.ts'), services.join());
    const runtime = await server.complete(`import '${latchkey.url}/v0.4/client/`);
    assert.deepEqual(runtime.toSorted(), ['credentials.ts', 'endpoints.ts', 'mod.ts', 'presign.ts']);
    const latest = await server.complete(`import '${latchkey.url}/latest/services/ss`);
    assert.ok(latest.includes('ssooidc.ts'), latest.join());
  });

  test("deno check finds no fault with services of AWS's", { skip: skipWithoutAwsModels }, async () => {
    await using latchkey = await startInstanceWithAwsModels();
    await using denoUser = await DenoUser.of(latchkey);
    const modules = awsServices.map((name) => `${latchkey.url}/v0.4/services/${name}.ts?docs=full`);
    await succeed(denoUser, 'check', ...modules);
  });
});

interface GraphModule {
  readonly specifier: string;
  readonly dependencies?: readonly { readonly code?: { readonly specifier: string } }[];
}

/** What a program loads, and what its types need. */
async function graphOf(denoUser: DenoUser, program: string): Promise<readonly GraphModule[]> {
  const { modules }: { modules: readonly GraphModule[] } = JSON.parse(
    await succeed(denoUser, 'info', '--json', program),
  );
  return modules;
}

async function succeed(denoUser: DenoUser, command: string, ...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await denoUser.run(command, args);
  assert.equal(exitCode, 0, stderr);
  return stdout;
}
