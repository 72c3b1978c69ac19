import { existsSync } from 'node:fs';
import { createServerProtocol, type ServiceSchema } from '@latchkey/wire';
import { eventStreams } from '@latchkey/wire/event-stream/event-streams';
import type { ProtocolCase } from './case.ts';
import { checkClient } from './check-client.ts';
import { checkClientEvents, checkServerEvents } from './check-event-stream.ts';
import { checkGeneratedClient } from './check-generated-client.ts';
import { checkServer } from './check-server.ts';
import { clients } from './clients.ts';
import { readCases } from './read-cases.ts';
import { reasonToSkip } from './skips.ts';

/** Usage: node test/protocols/run.ts [TEXT...], to run the cases alone whose file or id contains one of the texts. */
const wanted = process.argv.slice(2);
const shared = new URL('../../../shared/protocol-tests', import.meta.url).pathname;
const directory = process.env['PROTOCOL_TESTS'] ?? shared;

let passed = 0;
let failed = 0;
let skipped = 0;
const reasons = new Map<string, number>();

async function run(protocolCase: ProtocolCase): Promise<void> {
  const { file, kind, end, operation, service, fields, source } = protocolCase;
  const reason = reasonToSkip(protocolCase);
  if (reason !== undefined) {
    skipped += 1;
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    return;
  }
  try {
    if (kind === 'eventStream') await runEventStream(protocolCase);
    else if (end === 'client' && kind === 'request' && source)
      await checkGeneratedClient(source, protocolCase);
    else if (end === 'client') await checkClient(clientOf(service), protocolCase);
    else checkServer(createServerProtocol(service), protocolCase);
    passed += 1;
  } catch (error) {
    failed += 1;
    console.error(`FAILED ${file} ${operation.name}: ${fields.id} (${kind}, ${end})`);
    console.error(`  ${String(error instanceof Error ? error.message : error).replaceAll('\n', '\n  ')}`);
  }
}

async function runEventStream(protocolCase: ProtocolCase): Promise<void> {
  const { end, service } = protocolCase;
  if (end === 'client') await checkClientEvents(clientOf(service), protocolCase);
  else {
    await checkServerEvents(
      (operation) => createServerProtocol({ ...service, operations: { [operation.name]: operation } }),
      protocolCase,
    );
  }
}

function clientOf(service: ServiceSchema) {
  // What the cases expect of a client that fills in tokens.
  const idempotencyToken = () => '00000000-0000-4000-8000-000000000000';
  return clients[service.protocol](service, { idempotencyToken, eventStreams });
}

function isWanted({ file, fields }: ProtocolCase): boolean {
  return wanted.length === 0 || wanted.some((text) => file.includes(text) || fields.id.includes(text));
}

if (existsSync(directory)) {
  for (const found of readCases(directory).filter(isWanted)) await run(found);
  for (const [reason, count] of reasons) console.log(`skipped ${count}: ${reason}`);
} else {
  console.log(`There are no protocol tests at ${directory}; PROTOCOL_TESTS names another directory`);
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
// A directory that was asked for must be there; the shared one may be absent from a clone.
const isMissing = !existsSync(directory) && directory !== shared;
process.exitCode = failed > 0 || isMissing ? 1 : 0;
