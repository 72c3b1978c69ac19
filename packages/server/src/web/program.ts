import type { Messages } from './messages/english.ts';
import { plainText } from './plain-text.ts';

const PRODUCTS: ReadonlyMap<string, string> = new Map([
  ['aws-cli', 'AWS CLI'],
  ['aws-sdk-cpp', 'AWS SDK for C++'],
  ['aws-sdk-dotnet-coreclr', 'AWS SDK for .NET'],
  ['aws-sdk-go-v2', 'AWS SDK for Go'],
  ['aws-sdk-java', 'AWS SDK for Java'],
  ['aws-sdk-js', 'AWS SDK for JavaScript'],
  ['aws-sdk-php', 'AWS SDK for PHP'],
  ['aws-sdk-ruby3', 'AWS SDK for Ruby'],
  ['aws-sdk-rust', 'AWS SDK for Rust'],
  ['boto3', 'Boto3'],
  ['botocore', 'Botocore'],
]);

const SYSTEMS: ReadonlyMap<string, string> = new Map([
  ['android', 'Android'],
  ['ios', 'iOS'],
  ['linux', 'Linux'],
  ['macos', 'macOS'],
  ['windows', 'Windows'],
]);

/**
 * Names the program that a `User-Agent` header claims, e.g. `AWS CLI 2.36.12 on Linux`.
 *
 * @returns the header's value, made safe to show, for a program that is not AWS's; `undefined` for an empty one
 */
export function describeProgram(userAgent: string, messages: Messages['asker']): string | undefined {
  const [, name = '', version] = /^([\w-]+)\/([\w.+-]{1,32})/.exec(userAgent) ?? [];
  const product = PRODUCTS.get(name.toLowerCase());
  if (product === undefined) return plainText(userAgent, 120) || undefined;
  const system = SYSTEMS.get(/\bos\/(\w+)/.exec(userAgent)?.[1]?.toLowerCase() ?? '');
  const program = `${product} ${version}`;
  return system === undefined ? program : messages.programOnSystem(program, system);
}
