/** A shell that environment variables can be set in. */
export type Shell = keyof typeof renderers;

const renderers = {
  sh: (name: string, value: string) => `export ${name}=${quoteForSh(value)}`,
  powershell: (name: string, value: string) => `$env:${name} = ${quoteForPowerShell(value)}`,
  fish: (name: string, value: string) => `set -gx ${name} ${quoteForFish(value)}`,
  cmd: renderForCmd,
};

export const shells = Object.keys(renderers) as readonly Shell[];

/** A shell has no way to write a value. */
export class UnquotableError extends Error {
  override readonly name = 'UnquotableError';
}

/**
 * Writes the commands that set environment variables, a line each.
 *
 * @param variables values are printable text on one line
 * @throws {UnquotableError} for `cmd`, where a value has `"`, `%` or `!` in it
 */
export function renderEnvironment(shell: Shell, variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${renderers[shell](name, value)}\n`)
    .join('');
}

/** POSIX: all characters between single quotes stand for themselves, and there is no way to have a quote there. */
function quoteForSh(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

/** PowerShell takes the typographic single quotes for quotes, too; a quote that is doubled stands for itself. */
function quoteForPowerShell(value: string): string {
  return `'${value.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

function quoteForFish(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

/** The quotes around name and value keep `&`, `|`, `<`, `>`, `(`, `)` and `^` from meaning anything. */
function renderForCmd(name: string, value: string): string {
  const unquotable = /["%!]/.exec(value)?.[0];
  if (unquotable !== undefined) {
    throw new UnquotableError(
      `cmd has no way to set ${name} to ${value}: it takes the character ${unquotable} for its own`,
    );
  }
  return `set "${name}=${value}"`;
}
