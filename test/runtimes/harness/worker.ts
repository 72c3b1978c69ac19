import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { RunningProgram } from '../../interop/harness/program.ts';
import { workerd } from './runtimes.ts';

/** A worker that may reach this machine. */
const config = `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.bundle.js")],
  compatibilityDate = "2026-11-01",
);
`;

export interface Worker extends AsyncDisposable {
  readonly url: string;
}

/** Starts a worker in workerd, from a bundle that is called `worker.bundle.js`. */
export async function startWorker(bundle: string): Promise<Worker> {
  const configFile = path.join(path.dirname(bundle), 'worker.capnp');
  await writeFile(configFile, config);
  const program = new RunningProgram([workerd, 'serve', '--control-fd=1', configFile]);
  const [, port] = await program.prints(/"event":"listen".*"port":(\d+)/);
  return { url: `http://127.0.0.1:${port}/`, [Symbol.asyncDispose]: () => program.end() };
}
