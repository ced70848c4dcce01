import type { Exchange } from '../model/exchange.ts';

/** How HTTP/2 begins on the wire: a frame of settings, or one that ends the connection, on stream 0 (RFC 9113 §4.1, §6.5, §6.8). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: frames are made of such bytes
const FRAME = /^\0[\s\S]{2}[\x04\x07][\s\S]\0{4}/;

/** What servers say whose protocol was not offered (TLS alert 120, RFC 7301 §3.2). */
const ALERT = /no.application.protocol/i;

/** What a server says that has HTTP only to refuse it. */
const REFUSAL =
  /unknown alpn protocol|expected (?:<code>)?[`'"]?h2\b|requires? http\/2|http\/2(?: is)? (?:only|required)/i;

/** Whether an exchange shows a server that speaks HTTP/2 only, which this suite does not. */
export function isHttp2Only({ response, failure }: Pick<Exchange, 'response' | 'failure'>): boolean {
  if (failure) {
    const { code, message, received = '' } = failure;
    return ALERT.test(code) || ALERT.test(message) || FRAME.test(received) || /^HTTP\/2/.test(received);
  }
  if (!response || ![400, 403, 426, 505].includes(response.status)) return false;
  const isUpgrade = response.headers.some(
    ([name, value]) => name.toLowerCase() === 'upgrade' && /\bh2c?\b/i.test(value),
  );
  return (isUpgrade && response.status === 426) || REFUSAL.test(response.body.slice(0, 2000));
}
