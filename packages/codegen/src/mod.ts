export { serverModule } from './server-module.ts';
export { serviceSchema } from './service-schema.ts';
