import { ClientError } from '../client-error.ts';

/** A number by its digits: `digits` times ten to the power of `exponent`, without zeros at either end. */
interface Decimal {
  readonly isNegative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

/** Digits that DynamoDB keeps of a number. */
const maxDigits = 38;
/** Powers of ten of the first digit of the smallest and of the largest number that DynamoDB stores. */
const minPower = -130;
const maxPower = 125;

/**
 * A number that neither `number` nor `bigint` holds exactly, as its decimal digits, e.g. `0.1000000000000000000001`. DynamoDB
 * keeps 38 digits, from 1E-130 to 9.99…E+125.
 */
export class DynamoNumber {
  /** The digits, as DynamoDB takes and gives them. */
  readonly text: string;

  /** @throws {ClientError} `badInput` for what is no number, or none that DynamoDB stores */
  constructor(text: string) {
    const fault = faultOf(text);
    if (fault !== undefined) throw new ClientError('badInput', `Cannot make a DynamoNumber: found ${fault}`);
    this.text = text;
  }

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return this.text;
  }
}

/**
 * The value of a number of DynamoDB: a `number` where that holds it exactly, a `bigint` for other integers, else a
 * `DynamoNumber`.
 *
 * @returns undefined for what is no number
 */
export function numberFrom(text: string): number | bigint | DynamoNumber | undefined {
  const decimal = parseDecimal(text);
  if (decimal === undefined || faultOf(text) !== undefined) return undefined;
  const number = Number(text);
  const isSafe = !Number.isInteger(number) || Number.isSafeInteger(number);
  if (isSafe && isSame(parseDecimal(String(number)), decimal)) return number === 0 ? 0 : number;
  const { digits, exponent, isNegative } = decimal;
  if (exponent < 0) return new DynamoNumber(text);
  const integer = BigInt(digits) * 10n ** BigInt(exponent);
  return isNegative ? -integer : integer;
}

/** What DynamoDB would not take of a number, after "found". */
export function faultOf(text: string): string | undefined {
  const decimal = parseDecimal(text);
  if (decimal === undefined) return `"${text.slice(0, 50)}", which is no decimal number`;
  const { digits, exponent } = decimal;
  const power = exponent + digits.length - 1;
  if (digits.length > maxDigits) return `a number of ${digits.length} digits; DynamoDB keeps ${maxDigits}`;
  if (digits !== '' && (power < minPower || power > maxPower))
    return `${text.slice(0, 50)}, which is out of the range of DynamoDB, 1E${minPower} to 9.99E+${maxPower}`;
  return undefined;
}

function parseDecimal(text: string): Decimal | undefined {
  const match = /^([+-]?)(?=\.?\d)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,9}))?$/i.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', power = '0'] = match;
  const all = (whole + fraction).replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  if (digits === '') return { isNegative: false, digits, exponent: 0 };
  const exponent = Number(power) - fraction.length + (all.length - digits.length);
  return { isNegative: sign === '-', digits, exponent };
}

function isSame(one: Decimal | undefined, other: Decimal): boolean {
  return (
    one?.digits === other.digits && one.exponent === other.exponent && one.isNegative === other.isNegative
  );
}
