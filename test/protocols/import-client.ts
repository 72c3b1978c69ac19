import type { ApiFactory } from '@latchkey/client';
import { clientModule } from '@latchkey/codegen';
import type { Model, ShapeId } from '@latchkey/smithy';

export type ClientClass = new (factory: ApiFactory) => object;

/** Generates the client of a service, and imports it. */
export async function importClient(model: Model, serviceId: ShapeId): Promise<ClientClass> {
  const { javascript } = clientModule(model, serviceId, {
    docs: 'none',
    runtime: (path) => import.meta.resolve(`@latchkey/client${path === 'mod' ? '' : `/${path}`}`),
  });
  const module: Readonly<Record<string, unknown>> = await import(
    `data:text/javascript,${encodeURIComponent(javascript)}`
  );
  const client = Object.values(module).find(
    (value) => typeof value === 'function' && Object.hasOwn(value, 'ApiMetadata'),
  );
  return client as ClientClass;
}

/** Calls the method of an operation. */
export function callOperation(client: object, operation: string, params: object): Promise<object> {
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(client));
  const method = methods.find((name) => name.toLowerCase() === operation.toLowerCase()) ?? operation;
  return (client as Readonly<Record<string, (params: object) => Promise<object>>>)[method]!(params);
}
