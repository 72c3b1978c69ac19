import type { FormDialect } from '../form/dialect.ts';

export const ec2Dialect: FormDialect = {
  keyOf: (name, { traits }) => traits?.ec2QueryName ?? capitalized(traits?.xmlName ?? name),
  flattensLists: true,
};

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
