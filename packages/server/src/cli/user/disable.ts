import type { Command } from 'commander';
import { setStatus } from './set-status.ts';

export function define(command: Command): void {
  command
    .description(
      'Disables a person, who cannot sign in any more, and ends their sessions. A person of the configuration file is disabled there.',
    )
    .argument('<user>', 'user name')
    .action((userName: string) => setStatus(command, userName, 'disabled'));
}
