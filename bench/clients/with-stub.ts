import { join } from 'node:path';
import { ServerProcess } from '../machine/server-process.ts';
import { freePort } from '../machine/workspace.ts';
import type { ClientBench } from './bench.ts';

/** Runs the stub during `work`, in a process and on a core of its own. */
export async function withStub(
  { cores, workspace }: ClientBench,
  work: (port: number) => Promise<void>,
): Promise<void> {
  const port = await freePort();
  const command = [join(import.meta.dirname, 'stub.ts'), String(port)];
  const stub = new ServerProcess(command, { port, dataDir: workspace.path, cores, showOutput: false });
  try {
    (await stub.connect()).close();
    await work(port);
  } finally {
    await stub.stop();
  }
}
