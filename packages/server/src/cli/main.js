#!/usr/bin/env node
// JavaScript, so that a start does without Node's TypeScript compiler once the compile cache is warm: 40 ms of CPU.
import { enableCompileCache } from 'node:module';
import path from 'node:path';

// The cache is beside the code: whoever can write there could as well change the code. The shared temporary folder, which
// is Node's default, is open to everyone on the machine.
enableCompileCache(path.join(import.meta.dirname, '../../node_modules/.cache/latchkey'));
const { run } = await import('./program.ts');
await run(process.argv.slice(2));
