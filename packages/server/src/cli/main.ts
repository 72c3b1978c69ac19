#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import path from 'node:path';

// Beside the code: whoever can write there could as well change the code. The shared temporary folder, Node's default,
// is open to everyone on the machine.
enableCompileCache(path.join(import.meta.dirname, '../../node_modules/.cache/latchkey'));
const { run } = await import('./program.ts');
await run(process.argv.slice(2));
