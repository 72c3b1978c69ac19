import type { Command } from 'commander';
import { CommandError, exitCode } from './exit-code.ts';

export function define(command: Command): void {
  command
    .description('Runs a whole sign-in by itself, step by step, and shows every request and answer.')
    .addHelpText('after', '\nStarts its own instance in memory, on a free port. Writes no files.')
    .action(async () => {
      const { runDemo } = await import('../demo/run-demo.ts');
      await runDemo().catch((error: unknown) => {
        throw new CommandError(`The demo stopped: ${(error as Error).message}`, exitCode.failure, {
          cause: error,
        });
      });
    });
}
