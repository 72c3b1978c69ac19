#!/usr/bin/env node
// JavaScript, so that a start does without Node's TypeScript compiler once the compile cache is warm: 40 ms of CPU.
import module from 'node:module';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';

const [major] = process.versions.node.split('.').map(Number);
if (major === undefined || major < 24) {
  console.error(
    `Latchkey needs Node 24 or newer; this is ${process.versions.node}. Inside its repository, npx brings one: npx latchkey`,
  );
  process.exit(1);
}

// A request leaves little behind, so a small young generation is collected as cheaply as V8's default, and 50 MB less stay.
setFlagsFromString('--max-semi-space-size=4');
setFlagsFromString('--semi-space-growth-factor=1');

// The cache is beside the code: whoever can write there could as well change the code. The shared temporary folder, which
// is Node's default, is open to everyone on the machine.
module.enableCompileCache(path.join(import.meta.dirname, '../../node_modules/.cache/latchkey'));
const { run } = await import('./program.ts');
await run(process.argv.slice(2));
