import type { Agent, IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import manifest from '../../package.json' with { type: 'json' };
import type { CommandDirectory } from './command-directory.ts';
import { type ControlAnswer, type Operation, operationPath } from './operations.ts';

/** Time for one answer. A server that is alive answers within a second. */
const ANSWER_WITHIN_MS = 60_000;

/** A running server did not do what a command asked for. The message tells a person why, and what to do. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
}

export interface ControlClient extends CommandDirectory {
  close(): void;
}

/**
 * Connects to the control socket of a running server.
 *
 * @returns `undefined` when no server listens to it
 * @throws {ControlError} when the server speaks another version of the protocol, or this user may not reach it
 */
export async function connectControl(socket: string): Promise<ControlClient | undefined> {
  const { Agent } = process.getBuiltinModule('node:http');
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const call = (operation: Operation, args: readonly unknown[]) =>
    send({ socket, agent }, operation, JSON.stringify(args));
  const client = {
    describe: () => call('describe', []),
    findEntries: (...args) => call('findEntries', args),
    findPasswordHashes: (...args) => call('findPasswordHashes', args),
    listFactors: (...args) => call('listFactors', args),
    listEntries: (...args) => call('listEntries', args),
    countEntries: () => call('countEntries', []),
    explainAccess: (...args) => call('explainAccess', args),
    searchSessions: (...args) => call('searchSessions', args),
    findSession: (...args) => call('findSession', args),
    endSession: (...args) => call('endSession', args),
    revokeRole: (...args) => call('revokeRole', args),
    makeLink: (...args) => call('makeLink', args),
    findLinkOf: (...args) => call('findLinkOf', args),
    revokeLink: (...args) => call('revokeLink', args),
    changeDirectory: (...args) => call('changeDirectory', args),
    close: () => agent.destroy(),
    // The protocol of one version has the types of this interface on both ends.
  } as { readonly [K in keyof ControlClient]: (...args: readonly unknown[]) => unknown } as ControlClient;
  try {
    await client.describe();
    return client;
  } catch (error) {
    client.close();
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return undefined;
    if (code !== 'EACCES' && code !== 'EPERM') throw error;
    throw new ControlError(
      `The running server cannot be reached by ${socket}: permission denied. Run this as the user who runs the server`,
    );
  }
}

interface Connection {
  readonly socket: string;
  readonly agent: Agent;
}

async function send(connection: Connection, operation: Operation, body: string): Promise<unknown> {
  let response: IncomingMessage;
  let answerText: string;
  try {
    response = await exchange(connection, operation, body);
    answerText = await text(response);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ECONNRESET' && code !== 'EPIPE') throw error;
    throw new ControlError(
      'The server ended the connection: it is stopping, or too many commands run at the same time. Try again; what was asked for may have been done',
    );
  }
  return readAnswer(answerText);
}

/** Sends a request. One that met the end of a kept connection is sent again: every operation may be repeated. */
async function exchange(
  connection: Connection,
  operation: Operation,
  body: string,
): Promise<IncomingMessage> {
  const { socket, agent } = connection;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = process.getBuiltinModule('node:http').request({
    socketPath: socket,
    agent,
    method: 'POST',
    path: operationPath(operation),
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    timeout: ANSWER_WITHIN_MS,
  });
  request.once('response', resolve);
  request.once('timeout', () => {
    request.destroy(new ControlError('The server did not answer within a minute: look into its log'));
  });
  request.once('error', reject);
  request.end(body);
  try {
    return await promise;
  } catch (error) {
    if (request.reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET') {
      return exchange(connection, operation, body);
    }
    throw error;
  }
}

function readAnswer(answerText: string): unknown {
  let answer: ControlAnswer;
  try {
    answer = JSON.parse(answerText);
  } catch {
    throw new ControlError('The server answered something else than JSON: is it Latchkey?');
  }
  if (!('fault' in answer)) return answer.result;
  const { fault, message, release } = answer;
  if (fault === 'otherVersion') {
    throw new ControlError(
      `The running server is Latchkey ${release}, and this command is of ${manifest.version}; the two do not understand each other: run the command of that release, or restart the server with this one`,
    );
  }
  throw new ControlError(message);
}
