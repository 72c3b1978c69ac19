import type { FormAnswers } from '../form/server.ts';
import type { ResponseMetadata } from '../protocol.ts';
import { preferredType } from '../values/accept.ts';
import { jsonAnswers } from './json-answers.ts';
import { xmlAnswers } from './xml-answers.ts';

/** Answers in JSON where the caller prefers it to XML, and in XML otherwise, as AWS's query services do. */
export const negotiatedAnswers: FormAnswers = {
  outputRenderer(operation, service) {
    const inXml = xmlAnswers.outputRenderer(operation, service);
    const inJson = jsonAnswers.outputRenderer(operation, service);
    return (value, metadata) => (prefersJson(metadata) ? inJson : inXml)(value, metadata);
  },
  errorRenderer(service) {
    const inXml = xmlAnswers.errorRenderer(service);
    const inJson = jsonAnswers.errorRenderer(service);
    return (error, metadata) => (prefersJson(metadata) ? inJson : inXml)(error, metadata);
  },
};

/** `application/xml` comes last, so that `application/*` means JSON: answers in XML have the type `text/xml`. */
function prefersJson({ accept }: ResponseMetadata): boolean {
  return preferredType(accept, ['text/xml', 'application/json', 'application/xml']) === 'application/json';
}
