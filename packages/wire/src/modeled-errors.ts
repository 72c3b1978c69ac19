import type { ErrorSchema, ServiceSchema } from './schema.ts';

/** All errors of a service's model, by name. */
export function modeledErrors(service: ServiceSchema): ReadonlyMap<string, ErrorSchema> {
  const errors = [
    ...service.errors,
    ...Object.values(service.operations).flatMap((operation) => operation.errors),
  ];
  return new Map(errors.map((error) => [error.name, error]));
}

/** Name of an error's message member: models have `message` or `Message`. */
export function messageMember(error: ErrorSchema): string | undefined {
  return Object.keys(error.members).find((name) => name.toLowerCase() === 'message');
}
