import { signIn } from './sign-in.ts';

const { Deno, process } = globalThis as {
  readonly Deno?: { readonly args: readonly string[] };
  readonly process?: { readonly argv: readonly string[] };
};
const [endpoint = '', region = '', startUrl = ''] = Deno?.args ?? process?.argv.slice(2) ?? [];
for await (const line of signIn({ endpoint, region, startUrl })) console.log(line);
