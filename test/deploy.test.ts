import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readEnvironment } from '../packages/server/src/config/environment.ts';
import { settingsSchema } from '../packages/server/src/config/settings-schema.ts';
import { Metrics } from '../packages/server/src/http/metrics.ts';
import { readDeployed } from './deploy/harness.ts';

const source = (name: string) =>
  readFileSync(path.join(import.meta.dirname, '../packages/server/src', name), 'utf8');
const monitoring = ['prometheus/alerts.yaml', 'grafana/latchkey.json'];

test('every variable in the files of deploy/ is a setting', () => {
  const files = ['Dockerfile', 'compose.yaml', 'kubernetes/latchkey.yaml', 'latchkey.service'];
  const names = files.flatMap((file) => readDeployed(file).match(/LATCHKEY_[A-Z_]+/g) ?? []);
  assert.ok(names.length > 5);
  const env = Object.fromEntries(names.map((name) => [name, 'x']));
  const { problems } = readEnvironment(settingsSchema, env);
  assert.deepEqual(problems, []);
});

test('alerts and dashboard ask for metrics, events, kinds and operations that there are', () => {
  const metrics = new Metrics();
  metrics.countRequest('CreateToken', 200, 0.1);
  metrics.setRefused('directory', false);
  const text = metrics.render();
  const labels: Readonly<Record<string, string>> = {
    event: source('audit/audit.ts'),
    what: source('limits/drops.ts'),
    operation: ['sso-oidc', 'sso'].map((name) => source(`generated/${name}.ts`)).join(),
  };
  for (const file of monitoring) {
    const queries = readDeployed(file).replaceAll('\\"', '"');
    for (const [name] of queries.matchAll(/\b(?:latchkey|process)_[a-z_]+(?=\{)/g))
      assert.ok(text.includes(`# TYPE ${name.replace(/_bucket$/, '')} `), `${file}: ${name}`);
    for (const [, label = '', values = ''] of queries.matchAll(/\b(event|what|operation)=~?"([^"]+)"/g)) {
      for (const value of values.split('|'))
        assert.match(labels[label]!, new RegExp(`\\b${value}\\b`), `${file}: ${label} ${value}`);
    }
  }
});
