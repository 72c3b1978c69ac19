import {
  boundsTrait,
  type DataShape,
  hasTrait,
  type Member,
  type Model,
  stringTrait,
  type Traited,
} from '@latchkey/smithy';
import type { Constraint } from './reference.ts';

/** Constraints of a member's value, and of the items, keys or values in it. */
export function constraintsOf(model: Model, member: Member): readonly Constraint[] {
  const shape = model.getDataShape(member.target);
  const own = constraintsOn('value', member, shape);
  switch (shape.type) {
    case 'list':
      return [...own, ...innerConstraints('items', model, shape.member)];
    case 'map':
      return [
        ...own,
        ...innerConstraints('keys', model, shape.key),
        ...innerConstraints('values', model, shape.value),
      ];
    default:
      return own;
  }
}

function innerConstraints(of: Constraint['of'], model: Model, member: Member): readonly Constraint[] {
  return constraintsOn(of, member, model.getDataShape(member.target));
}

/** Constraints of one value. Traits of the member win over those of its target. */
function constraintsOn(of: Constraint['of'], member: Member, target: DataShape): readonly Constraint[] {
  const bearerOf = (trait: string): Traited => (hasTrait(member, trait) ? member : target);
  const found: Constraint[] = [];
  const length = boundsTrait(bearerOf('smithy.api#length'), 'smithy.api#length');
  if (length) found.push({ of, kind: 'length', ...length, words: `Has ${bounds(length, unitOf(target))}` });
  const range = boundsTrait(bearerOf('smithy.api#range'), 'smithy.api#range');
  if (range) found.push({ of, kind: 'range', ...range, words: `Is ${bounds(range, '')}` });
  const pattern = stringTrait(bearerOf('smithy.api#pattern'), 'smithy.api#pattern');
  if (pattern !== undefined) found.push({ of, kind: 'pattern', pattern, words: `Matches ${pattern}` });
  if (hasTrait(target, 'smithy.api#uniqueItems')) {
    found.push({ of, kind: 'unique items', words: 'Has no item twice' });
  }
  const mediaType = stringTrait(bearerOf('smithy.api#mediaType'), 'smithy.api#mediaType');
  if (mediaType !== undefined)
    found.push({ of, kind: 'media type', mediaType, words: `Is of type ${mediaType}` });
  return found;
}

function bounds({ min, max }: { readonly min?: number; readonly max?: number }, unit: string): string {
  const counted = (count: number) => {
    if (unit === '') return String(count);
    const [one, many] = unit.split('/');
    return `${count} ${count === 1 ? one : many}`;
  };
  if (min === undefined) return max === undefined ? 'any number' : `at most ${counted(max)}`;
  if (max === undefined) return `at least ${counted(min)}`;
  return min === max ? `exactly ${counted(max)}` : `from ${min} to ${counted(max)}`;
}

/** Unit of a length, in singular and plural. */
function unitOf({ type }: DataShape): string {
  switch (type) {
    case 'blob':
      return 'byte/bytes';
    case 'list':
      return 'item/items';
    case 'map':
      return 'entry/entries';
    default:
      return 'character/characters';
  }
}
