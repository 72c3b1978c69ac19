import { parseIni } from '@latchkey/client/config-files/ini';

/**
 * Reads a configuration file as the AWS CLI does, and refuses what the AWS CLI refuses.
 *
 * @returns settings by section; a nested one under the setting above it, with a dot between
 */
export function readStrictly(text: string): Map<string, Map<string, string>> {
  const { fault, sections } = parseIni(text, 'config');
  const refused = [fault, ...sections.map((section) => section.fault)].find((each) => each !== undefined);
  if (refused !== undefined) throw new Error(refused);
  return new Map(
    sections.map((section) => {
      const inner = Array.from(section.nested, ([key, settings]) =>
        Array.from(settings, ([name, value]) => [`${key}.${name}`, value] as const),
      );
      return [section.heading, new Map([...section.values, ...inner.flat()])];
    }),
  );
}
