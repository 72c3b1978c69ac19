import type { ProtocolName, ServiceIdentity } from '@latchkey/wire';
import { cborDocuments } from '@latchkey/wire/cbor/document';
import type { DocumentCodec } from '@latchkey/wire/document/codec';
import { eventDocuments } from '@latchkey/wire/event-stream/event-documents';
import { eventWriter } from '@latchkey/wire/event-stream/write-event';
import { jsonDocuments } from '@latchkey/wire/json/document';
import { xmlDocuments } from '@latchkey/wire/xml/document';
import { line, name, partsOf, text, textOfForm, withoutLinks } from './lines.ts';
import { formats, printBody } from './print-body.ts';
import type { Specimen } from './specimen.ts';
import type { BodySyntax, EventSyntax } from './syntax.ts';

/** The header that names an error in a stream. */
const ERROR_NAME = ':exception-type';

/** The messages of an event stream: the other members where they are in the first message, then each event. */
export function eventSyntax(
  { events, marks }: Pick<Specimen, 'events' | 'marks'>,
  protocol: ProtocolName,
  service: ServiceIdentity,
): readonly EventSyntax[] {
  const documents = eventDocuments(codecOf(protocol, service));
  const printed = events.map(({ name: event, union, value }): EventSyntax => {
    const { headers, payload } = eventWriter(union, documents)({ [event]: value });
    const body = printBody(payload, formats[protocol].response, marks);
    return {
      names: [event],
      headers: Object.entries(headers).map(([header, { value: content }]) => {
        if (header === ERROR_NAME) return line(0, [name(header, undefined), text(': '), text(event)]);
        const mark = marks.only(String(content));
        return line(0, [name(header, mark), text(': '), ...partsOf(String(content), marks, 'raw')], mark);
      }),
      ...(body && { body }),
    };
  });
  return [...Map.groupBy(printed, formOf).values()].flatMap((alike) =>
    alike.length === 1 ? alike : [shared(alike)],
  );
}

/** An error without what tells it from others. */
function formOf(event: EventSyntax): string {
  const { body, headers, names } = event;
  const isError = headers.some(({ parts }) => parts[0]?.text === ERROR_NAME);
  const others = headers.filter(({ parts }) => parts[0]?.text !== ERROR_NAME);
  return isError ? textOfForm([others, body]) : names.join();
}

function shared(alike: readonly EventSyntax[]): EventSyntax {
  const [first] = alike as readonly [EventSyntax];
  const parts = [
    name(ERROR_NAME, undefined),
    text(': '),
    { kind: 'placeholder', text: 'error name' } as const,
  ];
  return {
    names: alike.flatMap(({ names }) => names),
    headers: withoutLinks(first.headers).map((each) =>
      each.parts[0]?.text === ERROR_NAME ? line(0, parts) : each,
    ),
    ...(first.body && { body: { ...first.body, lines: withoutLinks(first.body.lines) } }),
  };
}

/** The document with the other members, as the first message of the stream. */
export function initialEvent(
  type: 'initial-request' | 'initial-response',
  protocol: ProtocolName,
  service: ServiceIdentity,
  body: BodySyntax,
): EventSyntax {
  const headers = {
    ':message-type': 'event',
    ':event-type': type,
    ':content-type': codecOf(protocol, service).mediaType,
  };
  return {
    names: [type],
    headers: Object.entries(headers).map(([header, value]) =>
      line(0, [name(header, undefined), text(`: ${value}`)]),
    ),
    body,
  };
}

/** Codec of the documents in events. The query protocols have no events. */
function codecOf(protocol: ProtocolName, service: ServiceIdentity): DocumentCodec {
  switch (protocol) {
    case 'rpcv2Cbor':
      return cborDocuments('client');
    case 'restXml':
    case 'awsQuery':
    case 'ec2Query':
      return xmlDocuments('client', service);
    default:
      return jsonDocuments('client', { jsonNames: protocol === 'restJson1' });
  }
}
