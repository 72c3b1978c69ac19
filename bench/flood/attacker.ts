import { connect, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import type { Attack } from './attacks.ts';

// Runs in a thread of its own, so that what it does does not delay the clock of the well-behaved client.

export interface AttackerData {
  readonly attack: Attack;
  readonly port: number;
}

/** What came back, so far. */
export interface AttackerReport {
  readonly answered: number;
  readonly shed: number;
}

const { attack, port } = workerData as AttackerData;
const ANSWER = Buffer.from('HTTP/1.1 ');
const SHED = Buffer.from('HTTP/1.1 503');

let answered = 0;
let shed = 0;

function open(index: number): void {
  const localAddress = `127.0.1.${1 + (index % attack.addresses)}`;
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  socket.on('error', () => {});
  socket.once('connect', () => socket.write(attack.begin, 'latin1'));
  if (attack.reads) socket.on('data', (chunk) => read(socket, chunk));
  else socket.pause();
}

function read(socket: Socket, chunk: Buffer): void {
  const answers = count(chunk, ANSWER);
  answered += answers;
  shed += count(chunk, SHED);
  if (attack.again !== undefined && answers > 0) socket.write(attack.again, 'latin1');
}

/** Counts the answers by their beginnings. One that lies across two chunks is missed, which is one in thousands. */
function count(chunk: Buffer, beginning: Buffer): number {
  let found = 0;
  for (let at = chunk.indexOf(beginning); at !== -1; at = chunk.indexOf(beginning, at + 1)) found += 1;
  return found;
}

for (let index = 0; index < attack.connections; index += 1) open(index);
parentPort?.on('message', () => {
  parentPort?.postMessage({ answered, shed } satisfies AttackerReport);
});
