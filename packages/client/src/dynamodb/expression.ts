import { ClientError } from '../client-error.ts';

/** The path of an attribute in an item, as an expression names it. */
export class AttributePath {
  /** Names of attributes, and places in lists from 0. */
  readonly steps: readonly (string | number)[];

  constructor(steps: readonly (string | number)[]) {
    this.steps = steps;
  }
}

/** An expression of DynamoDB, or a part of one. `Value` is the type of the values in it. */
export class Expression<Value = unknown> {
  readonly texts: readonly string[];
  /** What stands between the texts: paths, values, other expressions. */
  readonly parts: readonly (Value | AttributePath | Expression<Value>)[];

  constructor(texts: readonly string[], parts: readonly (Value | AttributePath | Expression<Value>)[]) {
    this.texts = texts;
    this.parts = parts;
  }
}

/** The type of the values in what stands in a template. */
export type ValueIn<Part> = Part extends AttributePath
  ? never
  : Part extends Expression<infer Value>
    ? Value
    : Part;

/** The members of inputs that are expressions. */
export type ExpressionMember =
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'ProjectionExpression'
  | 'UpdateExpression';

/** Expressions, and the names and values that they have placeholders for, as members of an input of DynamoDB. */
export type ExpressionInput<Expressions> = { [Name in keyof Expressions]: string } & {
  ExpressionAttributeNames?: { [placeholder: string]: string };
  ExpressionAttributeValues?: { [placeholder: string]: ValueIn<Expressions[keyof Expressions]> };
};

/**
 * Names an attribute in an expression, whatever characters its name has, and where it is a word that DynamoDB reserves.
 *
 * @example
 * ```ts
 * attribute('address', 'lines', 0); // address.lines[0]
 * attribute<Note>('size'); // a name that the type `Note` must have
 * ```
 * @param name - of an attribute of the item
 * @param inside - names in maps, and places in lists from 0
 */
export function attribute<Item extends object = { [name: string]: unknown }>(
  name: keyof Item & string,
  ...inside: readonly (string | number)[]
): AttributePath {
  return new AttributePath([name, ...inside]);
}

/**
 * Makes an expression of DynamoDB from a template: attributes and other expressions stand for themselves, and anything else
 * is a value. `expressionInput` writes it.
 *
 * @example
 * ```ts
 * const isNew = expression`attribute_not_exists(${attribute('id')})`;
 * const update = expression`SET ${attribute('size')} = ${5}, ${attribute('tags')} = ${new Set(['a'])}`;
 * ```
 * @throws {ClientError} `badInput` for a value that is undefined, and for a placeholder in the text
 */
export function expression<Parts extends readonly unknown[]>(
  texts: TemplateStringsArray,
  ...parts: Parts
): Expression<ValueIn<Parts[number]>> {
  const [placeholder] = /[#:]\w+/.exec(texts.join(' ')) ?? [];
  if (placeholder !== undefined)
    throw refused(texts, `the placeholder ${placeholder}; give what it stands for`);
  const missing = parts.indexOf(undefined);
  if (missing >= 0) throw refused(texts, `undefined after "${texts[missing]}"`);
  return new Expression(texts, parts as readonly ValueIn<Parts[number]>[]);
}

/**
 * Writes expressions as members of an input, with placeholders for all their names and values. A name has one, in
 * whichever of the expressions it is.
 *
 * @example
 * ```ts
 * await notes.updateItem({
 *   TableName,
 *   Key: { id: '1' },
 *   ...expressionInput({ UpdateExpression: expression`ADD ${attribute('visits')} ${1}` }),
 * });
 * ```
 * @param expressions - by the members, e.g. `UpdateExpression`
 */
export function expressionInput<Expressions extends { readonly [Name in ExpressionMember]?: Expression }>(
  expressions: Expressions,
): ExpressionInput<Expressions> {
  const names = new Map<string, string>();
  const values: unknown[] = [];
  const placeholderOf = (name: string) => {
    const known = names.get(name) ?? `#n${names.size}`;
    names.set(name, known);
    return known;
  };
  const written = (part: unknown): string => {
    if (part instanceof AttributePath) {
      return part.steps
        .map((step) => (typeof step === 'number' ? `[${step}]` : `.${placeholderOf(step)}`))
        .join('')
        .slice(1);
    }
    if (part instanceof Expression)
      return part.texts
        .map((text, index) => (index === 0 ? '' : written(part.parts[index - 1])) + text)
        .join('');
    return `:v${values.push(part) - 1}`;
  };
  const input = {
    ...Object.fromEntries(Object.entries(expressions).map(([member, each]) => [member, written(each)])),
    ...(names.size > 0 && {
      ExpressionAttributeNames: Object.fromEntries(
        Array.from(names, ([name, placeholder]) => [placeholder, name]),
      ),
    }),
    ...(values.length > 0 && {
      ExpressionAttributeValues: Object.fromEntries(values.map((value, index) => [`:v${index}`, value])),
    }),
  };
  return input as ExpressionInput<Expressions>;
}

function refused(texts: readonly string[], found: string): ClientError {
  return new ClientError('badInput', `Cannot use the expression "${texts.join('…')}": found ${found}`);
}
