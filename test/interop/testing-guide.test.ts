import assert from 'node:assert/strict';
import { mkdtempDisposable, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { signInCommand, startAws, userCodeShownBy } from './harness/aws-cli.ts';
import { awsCli, interopDir } from './harness/clients.ts';
import { RunningProgram, run } from './harness/program.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';

const repository = path.join(interopDir, '../..');
const guide = await readFile(path.join(repository, 'docs/test-a-tool-that-signs-in.md'), 'utf8');

/** The programs of the guide in one language. */
function programs(language: 'ts' | 'python'): readonly string[] {
  return Array.from(
    guide.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms')),
    ([, text = '']) => text,
  );
}

suite('docs/test-a-tool-that-signs-in.md', { skip: await skipUnlessPrepared(awsCli) }, () => {
  test('its programs for Node, one after the other, sign the AWS CLI in', async () => {
    await using folder = await mkdtempDisposable(path.join(tmpdir(), 'latchkey-interop-'));
    await symlink(path.join(repository, 'node_modules'), path.join(folder.path, 'node_modules'));
    const end =
      "const [code] = await (await import('node:events')).once(cli, 'exit');\nconsole.log('ended with', code);\n";
    await writeFile(path.join(folder.path, 'sign-in.mts'), programs('ts').join('') + end);
    const env = {
      HOME: folder.path,
      PATH: [path.dirname(awsCli.command[0]), process.env['PATH']].join(path.delimiter),
    };
    const { stdout, stderr } = await run([process.execPath, 'sign-in.mts'], { cwd: folder.path, env });
    assert.equal(stdout, 'ended with 0\n', stderr);
  });

  test('its program in Python approves what the AWS CLI asks for', async () => {
    await using folder = await mkdtempDisposable(path.join(tmpdir(), 'latchkey-interop-'));
    const serve = [
      process.execPath,
      path.join(repository, 'packages/server/src/cli/main.js'),
      'serve',
      '--testing',
    ] as const;
    await using server = new RunningProgram([...serve, '--port', '0', '--data-dir', folder.path], {
      cwd: folder.path,
    });
    const [, url = ''] = await server.prints(/Latchkey is ready: (\S+)/);
    const described = (await (await fetch(`${url}/testing/aws`)).json()) as {
      config: string;
      env: Record<string, string>;
    };
    const configFile = path.join(folder.path, 'config');
    await writeFile(configFile, described.config);
    const env = {
      PATH: process.env['PATH'],
      HOME: folder.path,
      ...described.env,
      AWS_CONFIG_FILE: configFile,
    };
    await using login = startAws(env, ...signInCommand('--use-device-code', '--profile', 'latchkey'));
    const userCode = await userCodeShownBy(login);
    const [program = ''] = programs('python');
    const source = `user_code = ${JSON.stringify(userCode)}\n${program.replace('http://localhost:8485', url)}`;
    const { exitCode, stderr } = await run(['python3', '-c', source]);
    assert.equal(exitCode, 0, stderr);
    assert.equal((await login.finished).exitCode, 0);
  });
});
