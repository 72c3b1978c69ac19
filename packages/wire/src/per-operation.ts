import type { OperationSchema } from './schema.ts';

/** Compiles what an operation needs when it is first called, and keeps it. */
export function perOperation<Compiled>(
  compile: (operation: OperationSchema) => Compiled,
): (operation: OperationSchema) => Compiled {
  const compiled = new WeakMap<OperationSchema, Compiled>();
  return (operation) => {
    let found = compiled.get(operation);
    if (found === undefined) {
      found = compile(operation);
      compiled.set(operation, found);
    }
    return found;
  };
}
