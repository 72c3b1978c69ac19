import * as v from 'valibot';

/** The most characters of an answer of an authenticator: a registration with attestation has some thousands. */
const MAX_LENGTH = 16_384;

const base64url = v.pipe(v.string(), v.regex(/^[\w-]*$/));
const common = {
  id: v.pipe(base64url, v.minLength(1), v.maxLength(1364)),
  rawId: base64url,
  type: v.literal('public-key'),
};

const registration = v.object({
  ...common,
  response: v.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(/^[a-z-]{1,16}$/))), v.maxLength(8))),
  }),
});

const authentication = v.object({
  ...common,
  response: v.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: v.optional(v.nullable(base64url)),
  }),
});

export type PasskeyRegistration = v.InferOutput<typeof registration>;
export type PasskeyAuthentication = v.InferOutput<typeof authentication>;

/** Reads what a browser sent for a new passkey. @returns `undefined` when it is none */
export function parseRegistration(json: string): PasskeyRegistration | undefined {
  return parse(registration, json);
}

/** Reads what a browser sent for a passkey that was used. @returns `undefined` when it is none */
export function parseAuthentication(json: string): PasskeyAuthentication | undefined {
  return parse(authentication, json);
}

function parse<Schema extends v.GenericSchema>(
  schema: Schema,
  json: string,
): v.InferOutput<Schema> | undefined {
  if (json.length > MAX_LENGTH) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const { success, output } = v.safeParse(schema, value);
  return success ? output : undefined;
}
