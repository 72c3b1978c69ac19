import type { Command } from 'commander';
import { setStatus } from './set-status.ts';

export function define(command: Command): void {
  command
    .description(
      'Enables a disabled person, who can sign in again. A person of the configuration file is enabled there.',
    )
    .argument('<user>', 'user name')
    .action((userName: string) => setStatus(command, userName, 'enabled'));
}
