/**
 * An error that a service's model describes. A handler throws it, and the server answers with it. Each service has a
 * subclass, which ties `members` to `name`.
 */
export class ModeledError<Name extends string = string, Members extends object = object> extends Error {
  /** Name of the error shape without namespace, e.g. `ExpiredTokenException`. */
  override readonly name: Name;
  /** Members of the error structure. */
  readonly members: Members;

  /** @param members their `message` or `Message`, where the structure has one, becomes `Error.message` */
  constructor(name: Name, members: Members, options?: ErrorOptions) {
    super(messageIn(members), options);
    this.name = name;
    this.members = members;
  }
}

function messageIn(members: { readonly message?: unknown; readonly Message?: unknown }): string {
  const message = members.message ?? members.Message;
  return typeof message === 'string' ? message : '';
}
