import path from 'node:path';
import { freePort } from '../../../bench/machine/workspace.ts';
import type { Command } from '../../interop/harness/clients.ts';
import { RunningProgram } from '../../interop/harness/program.ts';
import { python, serversFolder } from './folders.ts';

/** A server that has nothing to do with Latchkey, on a port of its own. */
export interface RunningServer extends AsyncDisposable {
  readonly url: string;
}

/** DynamoDB, by Dynalite, which takes port 0 for its usual one. */
export async function startDynalite(): Promise<RunningServer> {
  const command = [
    process.execPath,
    path.join(serversFolder, 'node_modules/dynalite/cli.js'),
    ...[
      '--host',
      '127.0.0.1',
      '--port',
      String(await freePort()),
      '--createTableMs',
      '50',
      '--deleteTableMs',
      '50',
    ],
  ] as const;
  return start(command, /listening at: http:\/\/[\d.]+:(\d+)/);
}

/** Nearly everything, by Moto. */
export function startMoto(): Promise<RunningServer> {
  const command = [`${python}/bin/moto_server`, '-H', '127.0.0.1', '-p', '0'] as const;
  return start(command, /Running on http:\/\/[\d.]+:(\d+)/);
}

async function start(command: Command, listening: RegExp): Promise<RunningServer> {
  const server = new RunningProgram(command);
  const [, port] = await server.prints(listening);
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => server.end() };
}
