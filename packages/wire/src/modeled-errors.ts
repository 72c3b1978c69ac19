import type { ErrorSchema, ServiceSchema } from './schema.ts';

/** Every error that a service models, by name. */
export function modeledErrors(service: ServiceSchema): ReadonlyMap<string, ErrorSchema> {
  const errors = [
    ...service.errors,
    ...Object.values(service.operations).flatMap((operation) => operation.errors),
  ];
  return new Map(errors.map((error) => [error.name, error]));
}

/** The member that holds an error's sentence; models spell it in either case. */
export function messageMember(error: ErrorSchema): string | undefined {
  return Object.keys(error.members).find((name) => name.toLowerCase() === 'message');
}
