import assert from 'node:assert/strict';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Command } from '../interop/harness/clients.ts';
import { linesOfProgram } from './harness/lines.ts';
import { bun, deno } from './harness/runtimes.ts';

const client = import.meta.resolve('@latchkey/client');
const thermostat = new URL('../../packages/client/src/testing/thermostat.ts', import.meta.url);

const program = `
  import { ApiFactory } from '${client}';
  import { getTemperature, thermostat } from '${thermostat}';
  for (const fixedEndpoint of process.argv.slice(2)) {
    const api = new ApiFactory({ region: 'eu-central-1', maxAttempts: 1, fixedEndpoint });
    await api.buildServiceClient(thermostat).call(getTemperature, { room: 'hall' })
      .catch(({ code, message }) => console.log(code, message));
  }
`;

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const commands: readonly (readonly [name: string, command: Command])[] = [
  ['Node', [process.execPath]],
  ['Deno', [deno, 'run', '--no-prompt', '--node-modules-dir=manual', '--allow-all']],
  ['Bun', [bun]],
];

for (const [name, [runtime, ...args]] of commands) {
  test(`${name} says why there is no connection as the others do`, async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'latchkey-refused-'));
    const file = join(folder.path, 'program.mts');
    await writeFile(file, program);
    const port = await closedPort();
    const endpoints = [`http://127.0.0.1:${port}`, 'http://thermostat.invalid'];
    const options = {
      cwd: join(import.meta.dirname, '../..'),
      env: { ...process.env, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1', AWS_REGION: 'eu-central-1' },
    };
    assert.deepEqual(await Array.fromAsync(linesOfProgram([runtime, ...args, file, ...endpoints], options)), [
      `connectionRefused Cannot connect to '127.0.0.1:${port}': nothing listens there; is the service running, and the port right?`,
      `hostNotFound Cannot connect to 'thermostat.invalid': the name does not resolve; are the region and the endpoint right?`,
    ]);
  });
}
