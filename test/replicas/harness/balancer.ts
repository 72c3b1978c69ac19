import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
// wall-clock: HAProxy says nothing when it finds a server up or down
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../../../bench/machine/workspace.ts';
import { RunningProgram } from '../../interop/harness/program.ts';
import { programOf, proxies } from '../../proxies/harness/proxies.ts';

const haproxy = programOf(proxies.find(({ program }) => program === 'haproxy')!);
const guide = path.join(import.meta.dirname, '../../../docs/run-replicas.md');

/** Why there is no load balancer; `false` where there is. */
export const skipWithoutBalancer: string | false =
  haproxy === undefined && "haproxy not found: Debian's package haproxy";

/** HAProxy by the sample of the guide, without TLS, in front of three replicas. */
export interface Balancer extends AsyncDisposable {
  readonly url: string;
  /** Resolves once it sends the replica requests, or none any more. */
  until(replica: string, state: 'UP' | 'DOWN'): Promise<void>;
}

/** @param addresses - of the replicas `one`, `two` and `three` of the guide, with their ports */
export async function startBalancer(folder: string, addresses: readonly string[]): Promise<Balancer> {
  const port = await freePort();
  const socket = path.join(folder, 'haproxy.sock');
  const [, sample = ''] = /^```haproxy\n(.*?)^```$/ms.exec(readFileSync(guide, 'utf8')) ?? [];
  let next = 0;
  const config = sample
    .replace(/^defaults$/m, `global\n  stats socket ${socket}\n\ndefaults`)
    .replace(/^ {2}bind .*$/m, `  bind 127.0.0.1:${port}`)
    .replaceAll(/^( {2}server \w+) \S+$/gm, (_, server) => `${server} ${addresses[next++]}`);
  if (next !== addresses.length)
    throw new Error('Read the sample for HAProxy: docs/run-replicas.md has none of three servers');
  const file = path.join(folder, 'haproxy.cfg');
  writeFileSync(file, config);
  const program = new RunningProgram([haproxy!, '-db', '-f', file]);
  let hasEnded = false;
  void program.finished.finally(() => {
    hasEnded = true;
  });
  const stateOf = async (replica: string): Promise<string> => {
    if (hasEnded) throw new Error(`HAProxy has ended: ${(await program.finished).stderr}`);
    const connection = connect(socket);
    connection.end('show stat\n');
    // It is not there yet while HAProxy starts.
    const lines = await text(connection).catch(() => '');
    const row = lines.split('\n').find((line) => line.startsWith(`latchkey,${replica},`));
    return row?.split(',')[17] ?? '';
  };
  const until = async (replica: string, state: 'UP' | 'DOWN') => {
    // wall-clock: asks again until it is so, however long that takes
    while (!(await stateOf(replica)).startsWith(state)) await setTimeout(50);
  };
  return { url: `http://localhost:${port}`, until, [Symbol.asyncDispose]: () => program.end() };
}
