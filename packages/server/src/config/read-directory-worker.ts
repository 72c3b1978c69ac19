/** The script of the thread that reads and checks a large configuration. */
import { parentPort } from 'node:worker_threads';
import { ConfigError } from './config-error.ts';
import { LoadedDirectory } from './loaded-directory.ts';
import type { ThreadCall, ThreadReply } from './read-directory.ts';

let directory: LoadedDirectory | undefined;

parentPort?.on('message', (call: ThreadCall) => {
  const { id } = call;
  answer(call).then(
    (result) => reply({ id, result }),
    (error: unknown) =>
      reply(error instanceof ConfigError ? { id, problems: error.problems } : { id, error }),
  );
});

async function answer(call: ThreadCall): Promise<unknown> {
  if (call.method === 'load') {
    directory = await LoadedDirectory.load(call.sources, { namedFiles: call.namedFiles });
    return directory.facts;
  }
  if (directory === undefined) throw new Error('Read a directory: nothing was loaded');
  switch (call.method) {
    case 'declare':
      return directory.declare(call.instanceId);
    case 'list':
      return directory.list(call.kind, call.page);
    case 'useIds':
      return directory.useIds(call.ids);
    case 'problemAt':
      return directory.problemAt(call.kind, call.key, call.message);
  }
}

function reply(message: ThreadReply): void {
  parentPort?.postMessage(message);
}
