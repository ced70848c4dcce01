/** An IPv6 address that stands for an IPv4 one (RFC 4291 §2.5.5.2), as a URL spells it. */
const MAPPED = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/;

/** What ends a host in a URL, or is left out of one; none of it is part of a host. */
const OUTSIDE = /[\s\p{Cc}/\\?#@]/u;

/**
 * A host in its one spelling, as in a URL: lower case, punycode, IPv4 in dotted decimals also where it is mapped into IPv6, IPv6
 * compressed and in brackets, no dots at its end. Undefined for what is no host, and for a host with a port.
 */
export function normaliseHost(text: string): string | undefined {
  const host = parseHost(text);
  const bare = host?.replace(/(?<!\.)\.+$/, '');
  // Without its dots a name may turn out to be an address.
  return bare === undefined || bare === host ? host : parseHost(bare);
}

function parseHost(text: string): string | undefined {
  const bracketed = text.includes(':') && !text.startsWith('[') ? `[${text}]` : text;
  const isWhole = !OUTSIDE.test(text) && (!bracketed.startsWith('[') || bracketed.endsWith(']'));
  const url = `http://${bracketed}/`;
  if (!isWhole || !URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  const [, high, low] = MAPPED.exec(hostname) ?? [];
  if (high === undefined || low === undefined) return hostname;
  const bytes = [high, low].map((part) => Number.parseInt(part, 16)).flatMap((part) => [part >> 8, part & 255]);
  return bytes.join('.');
}

/** The host of a URL in its one spelling. */
export function hostOf({ hostname }: URL): string {
  return normaliseHost(hostname) ?? hostname;
}

/** Whether a host in its one spelling is an address, and no name. */
export function isAddress(host: string): boolean {
  return host.startsWith('[') || /^\d+(?:\.\d+){3}$/.test(host);
}

/** Whether a host or address, in whatever spelling, is an address or a name of this machine. */
export function isLoopback(text: string): boolean {
  const host = normaliseHost(text) ?? '';
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host);
}
