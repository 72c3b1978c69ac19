import type { DocumentCodec } from '../document/codec.ts';
import { traitsOf } from '../member.ts';
import { at, Misfit } from '../misfit.ts';
import type { StructureSchema } from '../schema.ts';
import { bytesOf, expectText } from '../values/expect.ts';
import { bodyBytes, decodeUtf8 } from '../values/utf8.ts';
import type { Bindings, BoundMember } from './bindings.ts';
import type { Draft, Source } from './part.ts';

/** Reads and writes the body of an operation's request or response. */
export interface Body {
  /** The only media type that is accepted. Undefined: any. */
  readonly mediaType: string | undefined;
  /** Media type that is sent where the caller sets none. */
  readonly defaultMediaType: string;
  /** Reads the members in the body into the draft. */
  readInto(draft: Draft, body: Uint8Array): void;
  /** @returns undefined when there is no body to send */
  write(source: Source): string | Uint8Array | undefined;
}

/** @returns undefined when no member of the structure is in the body */
export function bodyOf(
  { document, payload }: Bindings,
  codec: DocumentCodec,
  message: 'request' | 'response',
): Body | undefined {
  if (payload !== undefined) return payloadBody(payload, codec, message);
  return document === undefined ? undefined : documentBody(document, codec);
}

function documentBody(document: StructureSchema, codec: DocumentCodec): Body {
  const read = codec.reader({ target: document });
  const write = codec.writer({ target: document });
  const empty = codec.requiresDocument
    ? new Uint8Array()
    : bodyBytes(codec.writer({ target: { ...document, members: {} } })({}));
  return {
    mediaType: codec.mediaType,
    defaultMediaType: codec.mediaType,
    readInto(draft, body) {
      Object.assign(draft, read(body.length === 0 ? empty : body));
    },
    write,
  };
}

function payloadBody(
  { name, member, target }: BoundMember,
  codec: DocumentCodec,
  message: 'request' | 'response',
): Body {
  const { mediaType } = traitsOf(member);
  switch (target.type) {
    case 'blob':
      return {
        mediaType,
        defaultMediaType: mediaType ?? 'application/octet-stream',
        readInto(draft, body) {
          if (body.length > 0) draft[name] = body;
        },
        write: ({ [name]: value }) =>
          value === undefined || value === null ? undefined : at(name, () => bytesOf(value)),
      };
    case 'string':
    case 'enum':
      return {
        mediaType: mediaType ?? 'text/plain',
        defaultMediaType: mediaType ?? 'text/plain',
        readInto(draft, body) {
          if (body.length === 0) return;
          const text = decodeUtf8(body);
          if (text === undefined) throw new Misfit('found bytes that are not UTF-8').within(name);
          draft[name] = text;
        },
        write: ({ [name]: value }) =>
          value === undefined || value === null ? undefined : at(name, () => expectText(value)),
      };
    default: {
      const read = codec.reader(member);
      const write = codec.writer(member);
      // An XML document says nothing by a root element without members; no body at all is not the service's answer.
      const isNeeded =
        codec.requiresDocument === true && target.type === 'structure' && message === 'response';
      return {
        mediaType: codec.mediaType,
        defaultMediaType: codec.mediaType,
        readInto(draft, body) {
          if (body.length > 0 || isNeeded) draft[name] = at(name, () => read(body));
        },
        write: ({ [name]: value }) => {
          if (value !== undefined && value !== null) return at(name, () => write(value));
          return target.type === 'structure' && message === 'request' ? write({}) : undefined;
        },
      };
    }
  }
}
