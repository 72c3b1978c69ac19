import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ModelError, nameOf, operationsOf } from '@latchkey/smithy';
import fc from 'fast-check';
import { clientModule } from './client-module/client-module.ts';
import { serverModule } from './server-module/server-module.ts';
import {
  publishedModels,
  readModel,
  readServedModel,
  servedModels,
  skipWithoutPublished,
} from './testing/served-models.ts';
import { wireFacts } from './testing/wire-facts.ts';

const skip = skipWithoutPublished;

const published = {
  'sso-oidc': 'sso-oidc/service/2019-06-10/sso-oidc-2019-06-10.json',
  sso: 'sso/service/2019-06-10/sso-2019-06-10.json',
  sts: 'sts/service/2011-06-15/sts-2011-06-15.json',
} as const;

/** What our models say on the wire and AWS's do not, and why. There is nothing the other way round. */
const additions: Readonly<
  Record<keyof typeof published, readonly (readonly [facts: RegExp, why: string])[]>
> = {
  'sso-oidc': [
    [/^error \w+\.message: string$/, 'clients take their headline from it, and show none without'],
    [/^error (AccessDenied|InvalidRequest)Exception\.reason: string$/, 'newer models of AWS have it'],
    [/^RegisterClient may fail with SlowDownException$/, 'registration is open to anyone, so it has a limit'],
  ],
  sso: [
    [/ may fail with ForbiddenException$/, 'the real service answers so, though its model does not say it'],
    [/^error ForbiddenException/, 'the same'],
    [/ may fail with InternalServerException$/, 'AWS models no error of its own; SDKs retry this one'],
    [/^error InternalServerException/, 'the same'],
  ],
  sts: [
    [
      /^GetCallerIdentity may fail with \w+$/,
      'the errors common to AWS services stand in none of their models',
    ],
    [/^error \w+/, 'the same'],
  ],
};

for (const name of servedModels) {
  test(`${name}: our model says on the wire what AWS's says, and what is listed`, { skip }, () => {
    const ours = readServedModel(name);
    const [service] = ours.services;
    assert.ok(service);
    const operations = operationsOf(ours, service).map(({ id }) => nameOf(id));
    const ourFacts = wireFacts(ours, operations);
    const theirFacts = wireFacts(readModel(new URL(published[name], publishedModels)), operations);

    assert.deepEqual([...theirFacts.difference(ourFacts)], [], "in AWS's model only");
    const added = [...ourFacts.difference(theirFacts)];
    const unlisted = added.filter((fact) => !additions[name].some(([facts]) => facts.test(fact)));
    assert.deepEqual(unlisted, [], 'in our model only, and not listed');
    const unneeded = additions[name].filter(([facts]) => !added.some((fact) => facts.test(fact)));
    assert.deepEqual(unneeded, [], 'listed, and in neither model');
  });
}

test('a server module can be made of every tenth of the AWS models, but for patterns of another dialect', {
  skip,
}, () => {
  const files = globSync(`${fileURLToPath(publishedModels)}*/service/*/*.json`).toSorted();
  let made = 0;
  let refused = 0;
  for (const file of files.filter((_, index) => index % 10 === 0)) {
    const model = readModel(pathToFileURL(file));
    for (const service of model.services) {
      try {
        const module = serverModule(model, service.id, file);
        assert.match(module, /^export const \w+Service: ServiceSchema = \{$/m);
        made += 1;
      } catch (error) {
        assert.ok(
          error instanceof ModelError && /trait smithy\.api#pattern/.test(error.message),
          String(error),
        );
        refused += 1;
      }
    }
  }
  assert.ok(made > 6 * refused, `${made} made, ${refused} refused`);
});

test('any choice of operations of AWS models gives a client of just these', { skip }, () => {
  const files = globSync(`${fileURLToPath(publishedModels)}*/service/*/*.json`).toSorted();
  for (const file of files.filter((_, index) => index % 20 === 0)) {
    const model = readModel(pathToFileURL(file));
    const [service] = model.services;
    assert.ok(service, file);
    const names = operationsOf(model, service).map(({ id }) => nameOf(id));
    fc.assert(
      fc.property(fc.subarray(names, { minLength: 1 }), (actions) => {
        const { typescript } = clientModule(model, service.id, {
          docs: 'none',
          actions,
          runtime: (path) => path,
        });
        const emitted = typescript.matchAll(/^const \w+: Operation_* = \{ ?\n? *name: '(\w+)'/gm);
        assert.deepEqual(
          Array.from(emitted, ([, name]) => name),
          actions,
          file,
        );
      }),
      { numRuns: 5 },
    );
  }
});
