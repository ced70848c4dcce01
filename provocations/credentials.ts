import { isBasic, type Security, type SecurityScheme, schemesOf } from '../schemas/security.ts';

/** What a request carries so that it is let in. */
export type Sent = {
  headers: [name: string, value: string][];
  query: [name: string, value: string][];
  cookies: [name: string, value: string][];
};

/** Nothing at all. */
export const NOTHING: Sent = { headers: [], query: [], cookies: [] };

/** A credential as it is given: `text` where it stands as it is, `pair` base64 of user and password, `url` percent-encoded. */
type Value = { text: string; pair: string; url: string };

/** How the credential of one kind of scheme travels. */
type Kind = {
  carries(scheme: SecurityScheme): boolean;
  send(scheme: SecurityScheme, value: Value): Sent;
  /** The right credential where or how it does not count: as another scheme, or in another place. */
  asOther(scheme: SecurityScheme, value: Value): Sent | undefined;
  elsewhere(scheme: SecurityScheme, value: Value): Sent;
};

const inHeader = (name: string, value: string): Sent => ({ ...NOTHING, headers: [[name, value]] });
const inQuery = (names: string[], value: string): Sent => ({ ...NOTHING, query: names.map((name) => [name, value]) });

/** Every kind of scheme: one that is not here cannot be used. */
const KINDS: Kind[] = [
  {
    carries: ({ type }) => type === 'http',
    send: (scheme, { text, pair }) =>
      inHeader('Authorization', `${schemeName(scheme)} ${isBasic(scheme) ? pair : text}`),
    asOther: (scheme, { text }) =>
      schemeName(scheme) === 'Token' ? undefined : inHeader('Authorization', `Token ${text}`),
    elsewhere: (_, { url }) => inQuery(['access_token', 'token', 'api_key'], url),
  },
  {
    carries: (scheme) => scheme.type === 'apiKey' && scheme.in === 'header',
    send: (scheme, { text }) => inHeader(parameterOf(scheme), text),
    asOther: (scheme, { text }) =>
      parameterOf(scheme).toLowerCase() === 'authorization' ? undefined : inHeader('Authorization', `Bearer ${text}`),
    elsewhere: (scheme, { url }) => inQuery([parameterOf(scheme), 'api_key'], url),
  },
  {
    carries: (scheme) => scheme.type === 'apiKey' && scheme.in === 'query',
    send: (scheme, { url }) => inQuery([parameterOf(scheme)], url),
    asOther: () => undefined,
    elsewhere: (scheme, { text }) => inHeader(parameterOf(scheme), text),
  },
  {
    carries: (scheme) => scheme.type === 'apiKey' && scheme.in === 'cookie',
    send: (scheme, { text }) => ({ ...NOTHING, cookies: [[parameterOf(scheme), text]] }),
    asOther: (_, { text }) => inHeader('Authorization', `Bearer ${text}`),
    elsewhere: (scheme, { url }) => inQuery([parameterOf(scheme)], url),
  },
];

/** Each way to be wrong, by what becomes of the credential of one scheme; undefined where the kind of scheme has no such way. */
export const WRONG = {
  absent: () => NOTHING,
  empty: (scheme) => kindOf(scheme).send(scheme, { text: '', pair: '', url: '' }),
  unknown: (scheme) => kindOf(scheme).send(scheme, UNKNOWN),
  changed: (scheme) => kindOf(scheme).send(scheme, valueFor(scheme.secret, ':changed')),
  'as another scheme': (scheme) => kindOf(scheme).asOther(scheme, valueFor(scheme.secret)),
  elsewhere: (scheme) => kindOf(scheme).elsewhere(scheme, valueFor(scheme.secret)),
  // Of two keys or cookies of one name a server may take either.
  twice: (scheme) =>
    scheme.type === 'http' ? join([sendRight(scheme, scheme.secret), kindOf(scheme).send(scheme, UNKNOWN)]) : undefined,
} as const satisfies Record<string, (scheme: SecurityScheme) => Sent | undefined>;

/** Of {@link WRONG}. */
export type Wrong = keyof typeof WRONG;

type Secured = { security?: Security };

/** A credential that nobody has. */
const UNKNOWN: Value = {
  text: 'ecc-no-such-token',
  pair: Buffer.from('ecc-no-such-user:ecc-no-such-password').toString('base64'),
  url: 'ecc-no-such-token',
};

/** The right credentials of an operation; `token` is the placeholder of the first. */
export function rightCredential(operation: Secured, token = 'token'): Sent {
  return join(schemesOf(operation).map((scheme, index) => sendRight(scheme, index === 0 ? token : scheme.secret)));
}

/** One wrong credential: the id of the scheme that it is of where there are several, what is sent, and whether a URL holds a secret that it should not. */
export type Fault = { suffix: string; sent: Sent; isSecretInUrl: boolean };

/**
 * The requests' credentials that are wrong in one way, for each scheme of an operation one, and the others right. None where
 * another way to be let in would take it.
 */
export function wrongCredentials(operation: Secured, wrong: Wrong): Fault[] {
  const schemes = schemesOf(operation);
  const accepted = (operation.security ?? []).flat();
  return schemes.flatMap((scheme, index) => {
    const sent = WRONG[wrong](scheme);
    if (!sent || accepted.some((each) => each.name !== scheme.name && takes(each, sent, wrong))) return [];
    const others = schemes.map((each, at) => (at === index ? sent : sendRight(each, each.secret)));
    const isSecretInUrl = sent.query.some(([, value]) => value.includes('{{')) && wrong === 'elsewhere';
    return [{ suffix: schemes.length > 1 ? `:${scheme.name}` : '', sent: join(others), isSecretInUrl }];
  });
}

/** Whether what is sent for one scheme may let somebody in by another: it is in that one's place. */
function takes(other: SecurityScheme, sent: Sent, wrong: Wrong): boolean {
  if (wrong !== 'as another scheme' && wrong !== 'elsewhere') return false;
  const own = sendRight(other, other.secret);
  const places = ({ headers, query, cookies }: Sent) => [
    ...headers.map(([name, value]) => `header ${name} ${/^\S+(?= )/.exec(value)?.[0] ?? ''}`.toLowerCase()),
    ...query.map(([name]) => `query ${name}`),
    ...cookies.map(([name]) => `cookie ${name}`),
  ];
  return places(own).some((place) => places(sent).includes(place));
}

function sendRight(scheme: SecurityScheme, secret: string): Sent {
  return kindOf(scheme).send(scheme, valueFor(secret));
}

function kindOf(scheme: SecurityScheme): Kind {
  const kind = KINDS.find(({ carries }) => carries(scheme));
  if (!kind) throw new Error(`No kind of credential carries the security scheme "${scheme.name}".`);
  return kind;
}

function valueFor(secret: string, change = ''): Value {
  const filled = (form: string) => `{{${secret}${change}${form}}}`;
  return { text: filled(''), pair: filled(':basic'), url: filled(':url') };
}

function schemeName(scheme: SecurityScheme): string {
  const name = scheme.type === 'http' ? scheme.scheme : '';
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function parameterOf(scheme: SecurityScheme): string {
  return scheme.type === 'apiKey' ? scheme.parameter : '';
}

function join(all: readonly Sent[]): Sent {
  return {
    headers: all.flatMap(({ headers }) => headers),
    query: all.flatMap(({ query }) => query),
    cookies: all.flatMap(({ cookies }) => cookies),
  };
}
