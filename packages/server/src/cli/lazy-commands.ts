import type { Command } from 'commander';

/** A file of a command: gives it its options, help and action. */
export interface CommandModule {
  define(command: Command): void;
}

/** Adds commands of which only the one that is called, or whose help is asked for, is loaded. */
export function addLazyCommands(
  parent: Command,
  commands: Readonly<
    Record<string, { readonly summary: string; readonly load: () => Promise<CommandModule> }>
  >,
): void {
  for (const [name, { summary }] of Object.entries(commands)) parent.command(name).summary(summary);
  parent.hook('preSubcommand', async (_, command) => {
    const module = await commands[command.name()]?.load();
    module?.define(command);
  });
}
