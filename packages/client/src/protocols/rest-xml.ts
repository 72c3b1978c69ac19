export { restXmlClient as restXml } from '@latchkey/wire/rest-xml/client';
