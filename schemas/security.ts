import { nameSecret } from './name-secret.ts';
import { KEYS } from './openapi-keys.ts';
import { entriesOf, type Part, partAt, refuse, takeList, takeObject, takeText } from './part.ts';

/** Where a credential travels; `name` is what the document calls the scheme, `secret` the placeholder that stands for its value. */
export type SecurityScheme = { name: string; secret: string } & (
  | { type: 'http'; scheme: string }
  | { type: 'apiKey'; in: 'header' | 'query' | 'cookie'; parameter: string }
);

/** Ways to be let in, of which any one will do; each is made of schemes that are used together, and one without any lets everybody in. */
export type Security = SecurityScheme[][];

/** HTTP schemes whose credential is another one each time, so that no setting can hold it. */
const ANSWERING = /^(?:digest|negotiate|ntlm|hoba|mutual|scram-.*|vapid|dpop)$/i;

/**
 * The security of an operation (OpenAPI 3.1 §4.8.30): its own, or else that of the document; undefined where the document says nothing
 * at all of credentials. Throws a ContractError for a scheme that is not there, or that no setting can hold the credential of.
 */
export function readSecurity(document: Part, operation: Part): Security | undefined {
  const schemes = partAt(document, 'components', 'securitySchemes');
  const own = partAt(operation, 'security');
  const part = own.value === undefined ? partAt(document, 'security') : own;
  if (part.value === undefined) return schemes.value === undefined ? undefined : [];
  return takeList(part).map((each) =>
    entriesOf(each).flatMap(([name]) => {
      const scheme = partAt(schemes, name);
      if (scheme.value === undefined) throw refuse(partAt(each, name), 'the name of a security scheme', name);
      return readScheme(name, scheme) ?? [];
    }),
  );
}

/** A scheme; undefined for a certificate of the client, which no request carries. */
function readScheme(name: string, part: Part): SecurityScheme | undefined {
  takeObject(part, KEYS.scheme);
  const type = partAt(part, 'type');
  switch (type.value) {
    case 'http': {
      const scheme = partAt(part, 'scheme');
      if (ANSWERING.test(takeText(scheme)))
        throw refuse(scheme, 'bearer, basic, or another scheme whose credential stays the same');
      return { name, secret: 'token', type: 'http', scheme: takeText(scheme) };
    }
    case 'apiKey': {
      const place = partAt(part, 'in');
      if (place.value !== 'header' && place.value !== 'query' && place.value !== 'cookie')
        throw refuse(place, 'one of header, query, cookie');
      return { name, secret: 'token', type: 'apiKey', in: place.value, parameter: takeText(partAt(part, 'name')) };
    }
    // What they hand out is a bearer token (RFC 6750).
    case 'oauth2':
    case 'openIdConnect':
      return { name, secret: 'token', type: 'http', scheme: 'bearer' };
    case 'mutualTLS':
      return undefined;
    default:
      throw refuse(type, 'one of http, apiKey, oauth2, openIdConnect, mutualTLS');
  }
}

/** Whether its credential is a pair of user and password (RFC 7617). */
export function isBasic(scheme: SecurityScheme): boolean {
  return scheme.type === 'http' && scheme.scheme.toLowerCase() === 'basic';
}

/** What is taken for granted where nothing is said of credentials. */
const BEARER: SecurityScheme = { name: 'bearer', secret: 'token', type: 'http', scheme: 'bearer' };

/** What lets this suite in: the first way that asks for a credential. The schemes behind its first have credentials of their own. */
export function schemesOf({ security }: { security?: Security }): SecurityScheme[] {
  if (!security) return [BEARER];
  const [first, ...others] = security.find((each) => each.length > 0) ?? [];
  return first ? [first, ...others.map((each) => ({ ...each, secret: nameSecret('credential', each.name) }))] : [];
}

/** Whether nobody is let in without a credential. */
export function isSecured({ security }: { security?: Security }): boolean {
  return security === undefined || (security.length > 0 && security.every((each) => each.length > 0));
}
