import { functions } from '@latchkey/client/jmespath/functions';
import type { JmesPath } from '@latchkey/client/operation';
import { JmesPathError } from './jmespath-error.ts';
import { type Token, tokenize } from './tokens.ts';

const current: JmesPath = ['current'];

/** Binding power of a symbol to what comes before it, in the order of JMESPath's own parsers. */
const bindingPowers: Readonly<Record<string, number>> = {
  '|': 1,
  '||': 2,
  '&&': 3,
  '==': 5,
  '!=': 5,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  '[]': 9,
  '*': 20,
  '[?': 21,
  '.': 40,
  '!': 45,
  '[': 55,
};

/** A symbol with less binding power ends a projection: it applies to the whole list, not to each item. */
const endsProjection = 10;

/**
 * Parses a JMESPath expression (https://jmespath.org/specification.html#grammar).
 *
 * @throws {JmesPathError} with the position; also for a function that the runtime does not have
 */
export function parseJmesPath(expression: string): JmesPath {
  return new Parser(expression).parse();
}

/** A Pratt parser: `#prefix` reads the beginning of an expression, `#suffix` what continues it. */
class Parser {
  readonly #expression: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(expression: string) {
    this.#expression = expression;
    this.#tokens = tokenize(expression);
  }

  parse(): JmesPath {
    const path = this.#parse(0);
    this.#expect('end');
    return path;
  }

  #parse(bindingPower: number): JmesPath {
    let path = this.#prefix(this.#take());
    while (bindingPower < this.#bindingPower()) path = this.#suffix(path, this.#take());
    return path;
  }

  #prefix(token: Token): JmesPath {
    switch (token.type) {
      case 'literal':
        return ['literal', token.value];
      case 'quoted':
        return ['field', String(token.value)];
      case 'name':
        return this.#peek().type === '(' ? this.#call(token) : ['field', String(token.value)];
      case '@':
        return current;
      case '!':
        return ['not', this.#parse(45)];
      case '(': {
        const path = this.#parse(0);
        this.#expect(')');
        return path;
      }
      case '{':
        return this.#hash();
      case '*':
        return ['values', current, this.#projected(20)];
      case '[]':
      case '[?':
        return this.#suffix(current, token);
      case '[':
        return this.#opensBracket() ? this.#bracket(current) : this.#list();
      default:
        throw this.#unexpected(token);
    }
  }

  #suffix(left: JmesPath, token: Token): JmesPath {
    switch (token.type) {
      case '.':
        if (this.#peek().type !== '*') return ['chain', left, this.#afterDot(40)];
        this.#take();
        return ['values', left, this.#projected(20)];
      case '|':
        return ['pipe', left, this.#parse(1)];
      case '||':
        return ['or', left, this.#parse(2)];
      case '&&':
        return ['and', left, this.#parse(3)];
      case '==':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=':
        return ['compare', token.type, left, this.#parse(5)];
      case '[]':
        return ['project', ['flatten', left], this.#projected(9)];
      case '[?': {
        const condition = this.#parse(0);
        this.#expect(']');
        return ['filter', left, condition, this.#projected(9)];
      }
      case '[':
        return this.#bracket(left);
      default:
        throw this.#unexpected(token);
    }
  }

  /** Reads the expression that a projection applies to each item. */
  #projected(bindingPower: number): JmesPath {
    if (this.#bindingPower() < endsProjection) return current;
    switch (this.#peek().type) {
      case '[':
      case '[?':
        return this.#parse(bindingPower);
      case '.':
        this.#take();
        return this.#afterDot(bindingPower);
      default:
        throw this.#unexpected(this.#peek());
    }
  }

  #afterDot(bindingPower: number): JmesPath {
    const { type } = this.#peek();
    if (type === 'name' || type === 'quoted' || type === '*') return this.#parse(bindingPower);
    const token = this.#take();
    if (type === '[') return this.#list();
    if (type === '{') return this.#hash();
    throw this.#unexpected(token);
  }

  /** Whether `[` opens an index, a slice or `[*]`, and not a list of expressions. */
  #opensBracket(): boolean {
    const { type } = this.#peek();
    return type === 'number' || type === ':' || (type === '*' && this.#peek(1).type === ']');
  }

  #bracket(left: JmesPath): JmesPath {
    const on = (path: JmesPath): JmesPath => (left === current ? path : ['chain', left, path]);
    if (this.#accept('*')) {
      this.#expect(']');
      return ['project', left, this.#projected(20)];
    }
    const [start, stop, step] = this.#positions();
    if (stop !== undefined) {
      return ['project', on(['slice', start, stop, step ?? null]), this.#projected(20)];
    }
    return on(['index', Number(start)]);
  }

  /** Reads the numbers between `[` and `]`: an index, or a slice (`start:stop:step`). */
  #positions(): readonly [start: number | null, stop?: number | null, step?: number | null] {
    const start = this.#position();
    if (!this.#accept(':')) {
      if (start === null) throw this.#unexpected(this.#peek(), 'a number');
      this.#expect(']');
      return [start];
    }
    const stop = this.#position();
    const stepToken = this.#accept(':') ? this.#peek() : undefined;
    const step = stepToken === undefined ? null : this.#position();
    if (step === 0 && stepToken) throw this.#error(stepToken, 'a step must not be 0');
    this.#expect(']');
    return [start, stop, step];
  }

  #position(): number | null {
    return this.#peek().type === 'number' ? Number(this.#take().value) : null;
  }

  #list(): JmesPath {
    return ['list', ...this.#separated(']', () => this.#parse(0))];
  }

  #hash(): JmesPath {
    const entries = this.#separated('}', () => {
      const name = this.#take();
      if (name.type !== 'name' && name.type !== 'quoted') throw this.#unexpected(name);
      this.#expect(':');
      return [String(name.value), this.#parse(0)] as const;
    });
    return ['hash', Object.fromEntries(entries)];
  }

  #call(token: Token): JmesPath {
    const name = String(token.value);
    if (!Object.hasOwn(functions, name)) {
      const known = Object.keys(functions).join(', ');
      throw this.#error(token, `calls ${name}(), and clients have only ${known}`);
    }
    this.#expect('(');
    if (this.#accept(')')) return ['call', name];
    return ['call', name, ...this.#separated(')', () => this.#parse(0))];
  }

  /** Reads one or more items, separated by commas, up to the closing symbol. */
  #separated<Item>(close: string, read: () => Item): readonly Item[] {
    const items = [read()];
    while (this.#accept(',')) items.push(read());
    this.#expect(close);
    return items;
  }

  #peek(ahead = 0): Token {
    // Nothing reads past `end`: its binding power is 0, and whatever expects another token throws.
    return this.#tokens[this.#next + ahead] ?? { type: 'end', position: this.#expression.length };
  }

  #take(): Token {
    const token = this.#peek();
    this.#next += 1;
    return token;
  }

  #accept(type: string): boolean {
    const found = this.#peek().type === type;
    if (found) this.#take();
    return found;
  }

  #expect(type: string): void {
    const token = this.#take();
    if (token.type !== type) throw this.#unexpected(token, type === 'end' ? 'an operator' : `"${type}"`);
  }

  #bindingPower(): number {
    return bindingPowers[this.#peek().type] ?? 0;
  }

  #unexpected({ type, position }: Token, expected = 'an expression'): JmesPathError {
    const found = type === 'end' ? 'the end' : `"${this.#expression[position]}"`;
    return new JmesPathError(this.#expression, position, `must be ${expected}, found ${found}`);
  }

  #error({ position }: Token, problem: string): JmesPathError {
    return new JmesPathError(this.#expression, position, problem);
  }
}
