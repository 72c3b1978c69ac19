/**
 * What Deno's language server needs to complete the URLs of modules in an editor. It is offered whole file names, as it
 * adds nothing to them; and what is typed so far must match, too.
 *
 * @see https://docs.deno.com/runtime/reference/lsp_integration/
 */
export function renderIntellisense(baseUrl: string): string {
  const completions = `${baseUrl}/v0.4/completions`;
  const registries = [
    {
      schema: '/v0.4/services/:module([\\w@.-]+)',
      variables: [
        {
          key: 'module',
          documentation: `${completions}/services/\${module}`,
          url: `${completions}/services`,
        },
      ],
    },
    {
      schema: '/v0.4/client/:file([\\w.-]+)',
      variables: [{ key: 'file', url: `${completions}/client` }],
    },
  ];
  return `${JSON.stringify({ version: 2, registries }, null, 2)}\n`;
}
