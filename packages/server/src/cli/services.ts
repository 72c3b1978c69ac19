import type { Command } from 'commander';
import type { ServiceEntry } from '../typed-clients/service-entry.ts';
import { CommandError } from './exit-code.ts';
import { modelsOption, openLibrary } from './models.ts';

interface ServicesOptions {
  readonly models?: readonly string[];
  readonly json?: true;
}

export function define(command: Command): void {
  command
    .description(
      'Lists the services that have a model, by the names that `latchkey generate` and module URLs take.',
    )
    .argument('[text]', 'list only services with this text in their name or title')
    .addOption(modelsOption())
    .option('--json', 'print the list as JSON')
    .addHelpText(
      'after',
      `
Examples:
  latchkey services
  latchkey services --models api-models-aws queue`,
    )
    .action(async (text: string | undefined, options: ServicesOptions) => {
      const library = await openLibrary(command, options.models);
      const services = Array.from((await library.services()).values(), describe).filter((service) =>
        matches(service, text ?? ''),
      );
      if (options.json) {
        console.log(JSON.stringify(services));
        return;
      }
      if (services.length === 0) {
        throw new CommandError(
          `No service has "${text}" in its name or title; \`latchkey services\` lists all`,
        );
      }
      const width = Math.max(0, ...services.map(({ name }) => name.length));
      for (const { name, versions, title } of services) {
        console.log(`${name.padEnd(width)}  ${versions.join(', ')}  ${title}`);
      }
    });
}

function describe({ moduleName, className, files }: ServiceEntry) {
  return {
    name: moduleName,
    className,
    title: files[0]?.title ?? files[0]?.sdkId ?? className,
    versions: files.map(({ version }) => version),
  };
}

function matches({ name, title }: { readonly name: string; readonly title: string }, text: string): boolean {
  return `${name} ${title}`.toLowerCase().includes(text.toLowerCase());
}
