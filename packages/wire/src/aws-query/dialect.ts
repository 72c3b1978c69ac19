import type { FormDialect } from '../form/dialect.ts';

export const queryDialect: FormDialect = {
  keyOf: (name, { traits }) => traits?.xmlName ?? name,
  flattensLists: false,
};
