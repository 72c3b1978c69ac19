import {
  type Member,
  Model,
  operationsOf,
  type ServiceShape,
  type Shape,
  type StructureShape,
  sdkIdOf,
} from '@latchkey/smithy';

/** What clients say about the member that is added. */
const documentation =
  'The header `Expires` as it was stored with the object. It may be no date, such as `0`; `Expires` is absent then.';

/**
 * Makes S3's header `Expires` the same in clients of all its models, as the AWS SDKs do. S3 hands out whatever text was
 * stored with an object. Models up to 2025 say that it is a timestamp, later ones that it is a string. Clients have a
 * `Date` in `Expires`, and beside it in outputs the text in `ExpiresString`. Models of other services stay as they are.
 */
export function withExpiresText(model: Model, service: ServiceShape): Model {
  if (sdkIdOf(service) !== 'S3') return model;
  const operations = operationsOf(model, service);
  const outputs = new Set(operations.map(({ output }) => output));
  const shapes = new Map<string, Shape>(model.shapes);
  for (const id of new Set(operations.flatMap(({ input, output }) => [input, output]))) {
    const shape = model.getDataShape(id);
    if (shape.type !== 'structure') continue;
    const members = [...shape.members.values()].flatMap((member) => {
      if (!isExpires(model, member)) return [member];
      const date = { ...member, target: 'smithy.api#Timestamp' };
      return outputs.has(id) && !shape.members.has('ExpiresString') ? [date, textOf(shape)] : [date];
    });
    shapes.set(id, { ...shape, members: new Map(members.map((member) => [member.name, member])) });
  }
  return new Model(shapes);
}

function isExpires(model: Model, { name, target, traits }: Member): boolean {
  const header = traits['smithy.api#httpHeader'];
  if (name === 'ExpiresString' || typeof header !== 'string' || header.toLowerCase() !== 'expires')
    return false;
  const { type } = model.getDataShape(target);
  return type === 'timestamp' || type === 'string';
}

function textOf({ id }: StructureShape): Member {
  return {
    id: `${id}$ExpiresString`,
    name: 'ExpiresString',
    target: 'smithy.api#String',
    traits: { 'smithy.api#httpHeader': 'Expires', 'smithy.api#documentation': documentation },
  };
}
