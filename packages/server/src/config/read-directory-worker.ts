/** The script of the thread that reads a large configuration, checks it, and compares it with the store. */
import { parentPort } from 'node:worker_threads';
import { LoadedDirectory } from './loaded-directory.ts';
import { ASK_STORE, type ReadingThread } from './read-directory.ts';
import { ThreadCalls } from './thread-calls.ts';
import { type ThreadStore, threadStore } from './thread-store.ts';

let directory: LoadedDirectory | undefined;
let store: ThreadStore | undefined;

const methods: ReadingThread = {
  async load(sources, checks) {
    directory = await LoadedDirectory.load(sources, checks);
    return directory.facts;
  },
  async inspect({ databaseFile, instanceId }) {
    store = threadStore(databaseFile, (method, args) => calls.call(ASK_STORE, method, args));
    return loaded(directory).inspect({ store, instanceId });
  },
  async reconcile(options) {
    // The other thread says what time it is.
    return loaded(directory).reconcile({ ...options, store: loaded(store), now: () => 0 });
  },
};

if (parentPort === null) throw new Error('Read a directory: this is no thread of its own');
const calls = new ThreadCalls(parentPort, methods);

function loaded<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('Read a directory: nothing was loaded');
  return value;
}
