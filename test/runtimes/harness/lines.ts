import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import type { Command } from '../../interop/harness/clients.ts';
import type { RunOptions } from '../../interop/harness/program.ts';

/** Far beyond what any program here takes: it only keeps one that hangs from hanging the tests. */
/** Ends a program that hangs; a slow machine needs far less. */
const timeout = 10 * 60_000;

/**
 * What a program prints, line by line, while it runs.
 *
 * @throws {Error} with its standard error when it does not end well
 */
export async function* linesOfProgram([program, ...args]: Command, options: Pick<RunOptions, 'cwd' | 'env'>) {
  const child = spawn(program, args, { ...options, timeout, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  const complaint = text(child.stderr);
  yield* createInterface({ input: child.stdout });
  const exitCode = await ended;
  if (exitCode !== 0) throw new Error(`${program} exited with ${exitCode}\n${await complaint}`);
}

/** The body of a response, line by line, as it comes. */
export function linesOfResponse({ body }: Response): AsyncIterable<string> {
  return createInterface({ input: Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]) });
}

/** Opens a page, and gives what it logs, line by line, until it logs what matches. */
export function linesOfPage(page: Page, url: string, last: RegExp): AsyncIterable<string> {
  return new ReadableStream<string>({
    async start(lines) {
      page.on('pageerror', (error) => lines.error(error));
      page.on('response', (response) => {
        if (response.request().resourceType() === 'script' && !response.ok()) {
          lines.error(new Error(`${response.url()} answered ${response.status()}`));
        }
      });
      page.on('console', (message) => {
        if (message.type() !== 'log') return; // the browser's own: an answer of 400
        const line = message.text();
        lines.enqueue(line);
        if (last.test(line)) lines.close();
      });
      await page.goto(url);
    },
  });
}
