/**
 * Reads a configuration file as strictly as Python's configparser does for the AWS CLI: a section or a setting that comes
 * twice, a setting before the first section, and a line that is neither are errors. (That the two agree is tested with
 * the real AWS CLI, in test/interop.)
 *
 * @returns settings by section; an indented one under the setting above it, with a dot between
 */
export function readStrictly(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let setting: string | undefined;
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (/^\s*(?:[#;]|$)/.test(line)) continue;
    const isIndented = /^\s/.test(line) && setting !== undefined;
    const heading = isIndented ? undefined : /^\s*\[(.+)\]/.exec(line)?.[1];
    if (heading !== undefined) {
      if (sections.has(heading)) throw new Error(`Section twice: [${heading}]`);
      section = new Map();
      sections.set(heading, section);
      setting = undefined;
      continue;
    }
    const [, key = '', value = ''] = /^\s*([^=:]+?)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (section === undefined || key === '') throw new Error(`No setting of a section: ${line}`);
    const name = isIndented ? `${setting}.${key}` : key.toLowerCase();
    if (section.has(name)) throw new Error(`Setting twice: ${name}`);
    section.set(name, value);
    if (!isIndented) setting = name;
  }
  return sections;
}
