import type { ErrorSchema } from './schema.ts';

/** Tells the caller of a service that once spoke awsQuery what its error was called there. */
export function queryErrorHeader({ name, fault, queryError }: ErrorSchema): Readonly<Record<string, string>> {
  const type = fault === 'client' ? 'Sender' : 'Receiver';
  return { 'x-amzn-query-error': `${queryError?.code ?? name};${type}` };
}
