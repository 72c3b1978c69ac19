import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
// wall-clock: Prometheus reads the metrics in its own time
import { setTimeout } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { freePort } from '../../bench/machine/workspace.ts';
import { startLatchkey } from '../../packages/server/src/fixtures/start-latchkey.ts';
import { temporaryFolder } from '../../packages/server/src/fixtures/temporary-folder.ts';
import { signIn } from '../../packages/server/src/http/testing/api.ts';
import { typePassword } from '../../packages/server/src/web/testing/factors.ts';
import { PlainBrowser } from '../../packages/server/src/web/testing/plain-browser.ts';
import { readDeployed, runToEnd, skipWithout } from './harness.ts';

const skip = skipWithout('promtool', 'prometheus');

interface Rule {
  readonly alert: string;
  readonly expr: string;
}

const rules: readonly Rule[] = parse(readDeployed('prometheus/alerts.yaml')).groups.flatMap(
  (group: { rules: readonly Rule[] }) => group.rules,
);
const queries: readonly string[] = JSON.parse(readDeployed('grafana/latchkey.json')).panels.flatMap(
  (panel: { targets: readonly { expr: string }[] }) => panel.targets.map(({ expr }) => expr),
);

test('promtool takes the alerts', { skip }, () => {
  assert.match(
    runToEnd('promtool', ['check', 'rules', 'deploy/prometheus/alerts.yaml']),
    new RegExp(`SUCCESS: ${rules.length} rules found`),
  );
});

test('Prometheus, which reads the metrics of a server, answers every query of the alerts and of the dashboard', {
  skip,
}, async () => {
  using folder = temporaryFolder();
  await using latchkey = await startLatchkey();
  await signIn(latchkey);
  await typePassword(new PlainBrowser(latchkey), { userName: 'alice', password: 'wrong' });
  const port = await freePort();
  const config = {
    global: { scrape_interval: '1s' },
    scrape_configs: [{ job_name: 'latchkey', static_configs: [{ targets: [new URL(latchkey.url).host] }] }],
  };
  const file = path.join(folder.path, 'prometheus.yml');
  writeFileSync(file, stringify(config));
  const options = [`--config.file=${file}`, `--storage.tsdb.path=${folder.path}/data`];
  const prometheus = spawn('prometheus', [...options, `--web.listen-address=127.0.0.1:${port}`]);
  try {
    const ask = async (query: string) => {
      const url = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(query)}`;
      const answer = await fetch(url).catch(() => undefined);
      if (answer === undefined || answer.status === 503) return undefined;
      const { status, error, data } = (await answer.json()) as {
        status: string;
        error?: string;
        data: { result: readonly unknown[] };
      };
      assert.equal(status, 'success', `${query}: ${error}`);
      return data.result;
    };
    const isReadOften = async () =>
      ((await ask('count_over_time(up{job="latchkey"}[1m]) > 4')) ?? []).length > 0;
    while (!(await isReadOften())) {
      // wall-clock: asks again until it has read the metrics several times, so that there is a rate
      await setTimeout(200);
    }
    for (const query of queries) {
      const result = await ask(query.replaceAll('$__rate_interval', '1m'));
      // What was not done has no series.
      const isOfFew = /dropped|refused|status=~/.test(query);
      assert.ok(isOfFew || (result?.length ?? 0) > 0, `${query} finds nothing`);
    }
    for (const { alert, expr } of rules) assert.deepEqual(await ask(expr), [], `${alert} is quiet`);
  } finally {
    const closed = once(prometheus, 'close');
    prometheus.kill();
    await closed;
  }
});
