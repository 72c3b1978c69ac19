import {
  deprecatedTrait,
  externalDocumentationTrait,
  hasTrait,
  stringTrait,
  type Traited,
} from '@latchkey/smithy';
import { shortDocumentation } from '../documentation/first-sentence.ts';
import { parseDocumentation } from '../documentation/parse.ts';
import type { Described } from './reference.ts';

/** @param target target of a member, for what the member itself does not say */
export function describe(bearer: Traited, target?: Traited): Described {
  const documentation = parseDocumentation(
    documentationOf(bearer) || (target && documentationOf(target)) || '',
  );
  const deprecated = deprecatedTrait(bearer);
  return {
    shapeId: bearer.id,
    summary: shortDocumentation(documentation),
    documentation,
    ...(deprecated && { deprecated }),
    links: [...externalDocumentationTrait(bearer)].flatMap(([title, address]) => {
      const url = URL.parse(address);
      return url?.protocol === 'https:' || url?.protocol === 'http:' ? [{ title, href: url.href }] : [];
    }),
    sensitive: isOr(bearer, target, 'smithy.api#sensitive'),
    unstable: isOr(bearer, target, 'smithy.api#unstable'),
  };
}

function documentationOf(bearer: Traited): string {
  return stringTrait(bearer, 'smithy.api#documentation') ?? '';
}

function isOr(bearer: Traited, target: Traited | undefined, trait: string): boolean {
  return hasTrait(bearer, trait) || (target !== undefined && hasTrait(target, trait));
}
