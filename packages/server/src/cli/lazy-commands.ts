import type { Command } from 'commander';

/** A module that defines one command: its options, help and action. */
export interface CommandModule {
  define(command: Command): void;
}

/** Adds commands whose modules are loaded only when the command is called, or its help is shown. */
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
