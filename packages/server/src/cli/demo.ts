import type { Command } from 'commander';
import { CommandError, exitCode } from './exit-code.ts';

export function define(command: Command): void {
  command
    .description(
      'Signs in once, step by step, with nobody at the keyboard, and shows what goes over the wire.',
    )
    .addHelpText(
      'after',
      '\nStarts an instance of its own in memory, on a free port, and leaves nothing behind.',
    )
    .action(async () => {
      const { runDemo } = await import('../demo/run-demo.ts');
      await runDemo().catch((error: unknown) => {
        throw new CommandError(`The demo stopped: ${(error as Error).message}`, exitCode.failure, {
          cause: error,
        });
      });
    });
}
