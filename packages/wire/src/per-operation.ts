import type { OperationSchema } from './schema.ts';

/** Caches one compiled value for each operation, compiled when the operation is first used. */
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
