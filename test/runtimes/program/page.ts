import { signIn } from './sign-in.ts';

const { searchParams } = new URL(location.href);
const [endpoint = '', region = '', startUrl = ''] = ['endpoint', 'region', 'startUrl'].map(
  (name) => searchParams.get(name) ?? '',
);
try {
  for await (const line of signIn({ endpoint, region, startUrl })) console.log(line);
} catch (error) {
  console.log(String(error));
}
