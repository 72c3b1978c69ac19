import path from 'node:path';
import { awsCli } from '../../test/interop/harness/clients.ts';
import { RunningProgram, run } from '../../test/interop/harness/program.ts';

/** Latchkey after its first start, on a machine that has the AWS CLI and knows no other instance. */
export interface Instance extends AsyncDisposable {
  readonly url: string;
  /** Alice's. */
  readonly password: string;
  /** Environment variables of whoever sits at the terminal. */
  readonly env: Readonly<Record<string, string>>;
}

const latchkey = path.join(import.meta.dirname, '../../packages/server/src/cli/main.js');

/** @param home an empty folder */
export async function startInstance(home: string): Promise<Instance> {
  const env = {
    HOME: home,
    PATH: [path.dirname(awsCli.command[0]), process.env['PATH']].join(path.delimiter),
    TERM: 'xterm',
    AWS_PAGER: '',
  };
  const server = new RunningProgram([process.execPath, latchkey, 'serve'], { cwd: home, env });
  const [, url = ''] = await server.prints(/Latchkey is ready: (\S+)/);
  const [, password = ''] = await server.prints(/^ {2}alice +(\S+)$/m);
  await server.prints(/Ctrl-C stops the server/);
  const write = ['aws-config', '--write', '--profile', 'latchkey'];
  const { exitCode, stderr } = await run([process.execPath, latchkey, ...write], { cwd: home, env });
  if (exitCode !== 0)
    throw new Error(`Write the AWS configuration: latchkey ended with ${exitCode}\n${stderr}`);
  return { url, password, env, [Symbol.asyncDispose]: () => server.end() };
}
