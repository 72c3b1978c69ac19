// Turns Smithy models into what a server is written against: schemas for the protocols, and TypeScript modules.
// The stages: module-input.ts gathers what is known of a service, then one emitter a concern (emit-*.ts) prints it.
export { serverModule } from './server-module/server-module.ts';
export { serviceSchema } from './service-schema.ts';
