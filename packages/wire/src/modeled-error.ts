/**
 * An error that the model of a service describes. A server throws it to answer with it; a client gets it as it was
 * answered. Each service has its own subclass, which ties `members` to `name`.
 */
export class ModeledError<Name extends string = string, Members extends object = object> extends Error {
  /** The error shape's name without its namespace, e.g. `ExpiredTokenException`. */
  override readonly name: Name;
  /** The error structure as modelled. */
  readonly members: Members;

  /** @param members also give `Error.message`, where the structure has a `message` or `Message` */
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
