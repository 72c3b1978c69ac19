import { existsSync } from 'node:fs';
import { createServerProtocol, restJson1Client } from '@latchkey/wire';
import type { ProtocolCase } from './case.ts';
import { checkClient } from './check-client.ts';
import { checkServer } from './check-server.ts';
import { readCases } from './read-cases.ts';
import { reasonToSkip } from './skips.ts';

const shared = new URL('../../../shared/protocol-tests', import.meta.url).pathname;
const directory = process.env['PROTOCOL_TESTS'] ?? shared;
// What the cases expect of a client that fills in tokens.
const client = restJson1Client({ idempotencyToken: () => '00000000-0000-4000-8000-000000000000' });

let passed = 0;
let failed = 0;
let skipped = 0;
const reasons = new Map<string, number>();

function skip(reason: string, count: number): void {
  skipped += count;
  reasons.set(reason, (reasons.get(reason) ?? 0) + count);
}

function run(protocolCase: ProtocolCase): void {
  const { file, kind, end, operation, service, fields } = protocolCase;
  const reason = reasonToSkip(protocolCase);
  if (reason !== undefined) {
    skip(reason, 1);
    return;
  }
  try {
    if (end === 'client') checkClient(client, protocolCase);
    else checkServer(createServerProtocol(service), protocolCase);
    passed += 1;
  } catch (error) {
    failed += 1;
    console.error(`FAILED ${file} ${operation.name}: ${fields.id} (${kind}, ${end})`);
    console.error(`  ${String(error instanceof Error ? error.message : error).replaceAll('\n', '\n  ')}`);
  }
}

if (existsSync(directory)) {
  for (const found of readCases(directory)) {
    if ('reason' in found) skip(`${found.reason} (${found.file})`, found.count);
    else run(found);
  }
  for (const [reason, count] of reasons) console.log(`skipped ${count}: ${reason}`);
} else {
  console.log(`There are no protocol tests at ${directory}; PROTOCOL_TESTS names another directory`);
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
// A directory that was asked for must be there; the shared one may be absent from a clone.
const isMissing = !existsSync(directory) && directory !== shared;
process.exitCode = failed > 0 || isMissing ? 1 : 0;
