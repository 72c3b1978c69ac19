import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { clientModule } from '@latchkey/codegen';
import { findModels, readModel } from '@latchkey/smithy';
import { build, type Plugin } from 'esbuild';

const root = path.join(import.meta.dirname, '../..');
const awsModels = path.join(root, '../shared/api-models-aws');
const skipWithoutAwsModels = existsSync(awsModels) ? false : `no models in ${awsModels}`;

/**
 * The most bytes, minified and gzipped, of a program that makes one call: what was reached, with room for a sentence or two. Where a
 * change makes a program smaller, lower its budget; where one must make it larger, raise it, and say in the commit what for.
 */
const budgets = [
  {
    models: path.join(root, 'models'),
    sdkId: 'SSO OIDC',
    operation: 'CreateToken',
    browser: 24_200,
    node: 36_900,
  },
  {
    models: path.join(root, 'models'),
    sdkId: 'STS',
    operation: 'GetCallerIdentity',
    browser: 22_150,
    node: 34_550,
  },
  {
    models: path.join(awsModels, 'sts'),
    sdkId: 'STS',
    operation: 'GetCallerIdentity',
    browser: 23_000,
    node: 36_100,
  },
  {
    models: path.join(awsModels, 'dynamodb'),
    sdkId: 'DynamoDB',
    operation: 'GetItem',
    browser: 24_000,
    node: 37_200,
  },
  { models: path.join(awsModels, 's3'), sdkId: 'S3', operation: 'GetObject', browser: 36_600, node: 49_600 },
] as const;

/** What a program for Node saves by naming two sources of credentials. */
const saved = 3_900;

suite('the bytes that a program with one call takes stay within their budget', () => {
  for (const { models, sdkId, operation, browser, node } of budgets) {
    const isAws = models.startsWith(awsModels);
    const name = `${sdkId} ${operation}, by ${isAws ? "AWS's model" : 'our model'}`;
    test(name, { skip: isAws && skipWithoutAwsModels }, async (t) => {
      const model = (await findModels(models)).find((each) => each.sdkId === sdkId);
      assert.ok(model);
      const { javascript } = clientModule(await readModel(model), model.serviceId, {
        docs: 'none',
        actions: [operation],
        runtime: (file) => (file === 'mod' ? '@latchkey/client' : `@latchkey/client/${file}`),
      });
      const [, className = ''] = /^export class (\w+) \{/m.exec(javascript) ?? [];
      const method = operation.charAt(0).toLowerCase() + operation.slice(1);
      const call = (factory: string) => `${javascript}
${factory}
export const call = (input) => factory.makeNew(${className}).${method}(input);
`;
      const sizes = {
        browser: await sizeOf(call(allSources), 'browser'),
        node: await sizeOf(call(allSources), 'node'),
        twoSources: await sizeOf(call(environmentAndSso), 'node'),
      };
      t.diagnostic(
        `${name}: ${sizes.browser} bytes for browsers, ${sizes.node} for Node, ${sizes.twoSources} with two sources of credentials`,
      );
      assert.ok(
        sizes.browser <= browser,
        `for browsers: ${sizes.browser} bytes, and ${browser} are the budget`,
      );
      assert.ok(sizes.node <= node, `for Node: ${sizes.node} bytes, and ${node} are the budget`);
      const least = `with environment and SSO alone: ${sizes.twoSources} bytes, and ${node - saved} are the budget`;
      assert.ok(sizes.twoSources <= node - saved, least);
    });
  }
});

const allSources = `import { ApiFactory } from '@latchkey/client';
const factory = new ApiFactory();`;
const environmentAndSso = `import { CoreApiFactory, credentialChain } from '@latchkey/client/core';
import { fromEnvironment } from '@latchkey/client/credentials/from-environment';
import { fromSso } from '@latchkey/client/credentials/from-sso';
const factory = new CoreApiFactory({}, ({ profile }) =>
  credentialChain({ Environment: fromEnvironment(), SSO: fromSso({ profile }) }),
);`;

async function sizeOf(program: string, platform: 'browser' | 'node'): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: root },
    ...{ bundle: true, minify: true, format: 'esm', target: 'es2023', platform, write: false },
    plugins: [fromSources(platform === 'browser')],
  });
  return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
}

/** Takes the client from its sources, as the published package has it: without effects, and `X.web.ts` for `X.ts` in browsers. */
function fromSources(isWeb: boolean): Plugin {
  return {
    name: 'sources',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^@latchkey\// }, ({ path: specifier }) => {
        const [, name, ...file] = specifier.split('/');
        const source = `packages/${name}/src/${file.join('/') || 'mod'}.ts`;
        return { path: path.join(root, source), sideEffects: false };
      });
      onResolve({ filter: /^\..*\.ts$/ }, ({ path: specifier, resolveDir }) => ({
        path: path.join(resolveDir, specifier),
        sideEffects: false,
      }));
      onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
        const standIn = file.replace(/\.ts$/, '.web.ts');
        const contents = await readFile(isWeb && existsSync(standIn) ? standIn : file, 'utf8');
        return { contents, loader: 'ts', resolveDir: path.dirname(file) };
      });
    },
  };
}
