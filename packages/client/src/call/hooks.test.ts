import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { startStubService } from '../testing/stub-service.ts';

test('hooks that throw change nothing of a call, and the program is told', async (t) => {
  const service = await startStubService(t, () => (service.received.length > 1 ? { status: 400 } : {}));
  const moduleAt = (path: string) => new URL(path, import.meta.url);
  // A process of its own, as the runner of tests takes an unhandled rejection for a failure.
  const program = `
    import { ApiFactory } from '${moduleAt('../mod.ts')}';
    import { getTemperature, thermostat } from '${moduleAt('../testing/thermostat.ts')}';
    process.on('unhandledRejection', (error) => console.log(error.message));
    const fail = (name) => () => { throw new Error(name + ' failed'); };
    const hooks = { request: fail('request'), response: fail('response'), error: fail('error') };
    const factory = new ApiFactory({ region: 'eu-central-1', fixedEndpoint: '${service.url}', hooks });
    const client = factory.buildServiceClient(thermostat);
    await client.call(getTemperature, { room: 'hall' });
    await client.call(getTemperature, { room: 'hall' }).catch(({ name }) => console.log(name));`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { signal: t.signal });
  assert.deepEqual(stdout.trim().split('\n').toSorted(), [
    'Unknown',
    'error failed',
    'request failed',
    'request failed',
    'response failed',
    'response failed',
  ]);
});
