// The types that `require` of `latchkey/testing` has: those of the module.
export type * from './mod.d.ts' with { 'resolution-mode': 'import' };
export declare const startLatchkey: typeof import('./mod.d.ts', { with: {
  'resolution-mode': 'import',
}}).startLatchkey;
