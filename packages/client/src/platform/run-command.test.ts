import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { runCommand } from './run-command.ts';

const node = `"${process.execPath}"`;

suite('runCommand', () => {
  test('runCommand gives back what a command printed, run in the environment given', async () => {
    const line = `${node} -e "console.log(process.env.GREETING); console.error('aside')"`;
    assert.deepEqual(await runCommand(line, 60_000, { GREETING: 'hello' }), {
      stdout: 'hello\n',
      stderr: 'aside\n',
      failure: undefined,
    });
  });

  test('runCommand says with which code it failed', async () => {
    assert.equal(
      (await runCommand(`${node} -e "process.exit(3)"`, 60_000, undefined)).failure,
      'exit code 3',
    );
  });

  test('runCommand says by which signal it was ended', async () => {
    const { failure } = await runCommand(`exec ${node} -e "process.kill(process.pid)"`, 60_000, undefined);
    assert.equal(failure, 'ended by SIGTERM');
  });

  test('runCommand ends a command that takes too long', async () => {
    const { failure } = await runCommand(`exec ${node} -e "process.stdin.resume()"`, 10, undefined);
    assert.equal(failure, 'no end after 0.01 s');
  });
});
