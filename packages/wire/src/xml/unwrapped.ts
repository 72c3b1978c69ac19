import type { DocumentCodec } from '../document/codec.ts';
import { targetOf } from '../member.ts';
import type { MemberSchema } from '../schema.ts';
import { checkRecord } from '../values/record.ts';

/** Codec of `aws.customizations#s3UnwrappedXmlOutput`: the root element is the only member of the structure. */
export function unwrapped(codec: DocumentCodec): DocumentCodec {
  return {
    ...codec,
    reader(member) {
      const only = onlyMemberOf(member);
      if (only === undefined) return () => ({});
      const read = codec.reader(only);
      return (body) => {
        const value = read(body);
        // S3 sends an empty element for an absent value.
        return value === '' ? {} : { [only.name]: value };
      };
    },
    writer(member) {
      const only = onlyMemberOf(member);
      if (only === undefined) return () => '';
      const write = codec.writer(only);
      return (value) => write(checkRecord(value)[only.name] ?? '');
    },
  };
}

function onlyMemberOf(member: MemberSchema): (MemberSchema & { readonly name: string }) | undefined {
  const target = targetOf(member);
  const [only] = 'members' in target ? Object.entries(target.members) : [];
  if (only === undefined) return undefined;
  const [name, { target: own, traits }] = only;
  return { name, target: own, traits: { xmlName: name, ...traits } };
}
