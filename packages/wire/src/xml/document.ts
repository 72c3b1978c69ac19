import type { DocumentCodec } from '../document/codec.ts';
import type { End } from '../end.ts';
import { targetOf, traitsOf } from '../member.ts';
import type { MemberSchema, ServiceIdentity } from '../schema.ts';
import { localName } from './element.ts';
import { XmlReaders } from './read.ts';
import { parseRoot } from './root.ts';
import { XmlWriters } from './write.ts';

/** Codec of XML documents (restXml). The root is in the namespace of the service, unless it has its own. */
export function xmlDocuments(
  end: End,
  { xmlNamespace }: Pick<ServiceIdentity, 'xmlNamespace'>,
): DocumentCodec {
  const readers = new XmlReaders(end);
  const writers = new XmlWriters(end);
  return {
    mediaType: 'application/xml',
    requiresDocument: end === 'client',
    reader(member) {
      const read = readers.of(member);
      const name = localName(rootName(member));
      const shape = end === 'client' ? shapeName(member) : undefined;
      return (body) => read(parseRoot(body, name, shape));
    },
    writer(member) {
      const inherited = xmlNamespace && { xmlNamespace };
      return writers.element(rootName(member), {
        target: member.target,
        traits: { ...inherited, ...traitsOf(member) },
      });
    },
  };
}

/** Name of the root element, which may come from its shape; those of other elements come from members only. */
function rootName(member: MemberSchema): string {
  return traitsOf(member).xmlName ?? shapeName(member);
}

function shapeName(member: MemberSchema): string {
  const target = targetOf(member);
  return 'name' in target ? target.name : target.type;
}
