/** An absolute shape id, `namespace#Name` or `namespace#Name$member`. */
export type ShapeId = string;

const identifier = '_*[A-Za-z][A-Za-z0-9_]*';
const absolute = new RegExp(`^${identifier}(\\.${identifier})*#${identifier}(\\$${identifier})?$`);

export function isShapeId(text: string): boolean {
  return absolute.test(text);
}

/** `com.example#City$name` gives `com.example`. */
export function namespaceOf(id: ShapeId): string {
  return id.slice(0, id.indexOf('#'));
}

/** `com.example#City$name` gives `City`. */
export function nameOf(id: ShapeId): string {
  const local = id.slice(id.indexOf('#') + 1);
  const dollar = local.indexOf('$');
  return dollar < 0 ? local : local.slice(0, dollar);
}
