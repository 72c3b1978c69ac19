#!/usr/bin/env node
// JavaScript, not TypeScript: with a warm compile cache, a start then need not load Node's TypeScript compiler (40 ms of CPU).
import module from 'node:module';
import path from 'node:path';
import { complainOfOldNode } from '../required-node.cjs';

const complaint = complainOfOldNode();
if (complaint !== undefined) {
  console.error(`${complaint}. In a clone of its repository, npx brings one: npx latchkey`);
  process.exit(1);
}

// The compile cache is beside the code: whoever can write there could also change the code. Node's default, the shared
// temporary folder, can be written by everyone on the machine.
module.enableCompileCache(path.join(import.meta.dirname, '../../node_modules/.cache/latchkey'));
const { run } = await import('./program.ts');
await run(process.argv.slice(2));
