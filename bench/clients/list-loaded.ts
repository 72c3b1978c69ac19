/** Makes a call, and prints the files that were loaded for it: `node list-loaded.ts CLIENT`. */
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const files: string[] = [];
registerHooks({
  load(url, context, nextLoad) {
    if (url.startsWith('file:')) files.push(fileURLToPath(url));
    return nextLoad(url, context);
  },
});
const { call }: { call: () => Promise<unknown> } = await import(pathToFileURL(process.argv[2] ?? '').href);
await call();
console.log(JSON.stringify(files));
process.exit();
