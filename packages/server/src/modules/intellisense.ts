/**
 * What Deno's language server needs to complete the URLs of modules in an editor.
 *
 * @see https://docs.deno.com/runtime/reference/lsp_integration/
 */
export function renderIntellisense(baseUrl: string): string {
  const service = {
    key: 'service',
    documentation: `${baseUrl}/v0.4/completions/services/\${service}`,
    url: `${baseUrl}/v0.4/completions/services`,
  };
  const version = { key: 'version', url: `${baseUrl}/v0.4/completions/versions/\${service}` };
  const registries = [
    { schema: '/v0.4/services/:service([a-z0-9-]+).ts', variables: [service] },
    { schema: '/v0.4/services/:service([a-z0-9-]+)@:version([\\w.-]+).ts', variables: [service, version] },
    {
      schema: '/v0.4/client/:file(mod|presign).ts',
      variables: [{ key: 'file', url: `${baseUrl}/v0.4/completions/client` }],
    },
  ];
  return `${JSON.stringify({ version: 2, registries }, null, 2)}\n`;
}
