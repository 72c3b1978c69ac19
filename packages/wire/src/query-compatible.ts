import type { ErrorSchema } from './schema.ts';

/** The header `x-amzn-query-error`: the error's code in awsQuery, which the service once spoke (`awsQueryCompatible`). */
export function queryErrorHeader({ name, fault, queryError }: ErrorSchema): Readonly<Record<string, string>> {
  const type = fault === 'client' ? 'Sender' : 'Receiver';
  return { 'x-amzn-query-error': `${queryError?.code ?? name};${type}` };
}
