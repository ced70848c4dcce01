import { describe, expect, test } from 'vitest';
import { parseBase, targetOf, writeRequest } from '../../exchange/request-bytes.ts';
import type { RequestSpec } from '../../model/exchange.ts';
import { SECRETS } from './raw-server.ts';

const base = parseBase('http://example.test:81/api/');

function write(request: Partial<RequestSpec>, to = base): string {
  return writeRequest({ method: 'GET', target: '/', headers: [], ...request }, to, SECRETS, 'suite').toString('latin1');
}

describe('writeRequest', () => {
  test('adds what is missing and nothing else', () => {
    expect(write({ headers: [['Accept', 'application/json']] })).toBe(
      'GET /api/ HTTP/1.1\r\nHost: example.test:81\r\nAccept: application/json\r\nUser-Agent: suite\r\nConnection: close\r\n\r\n',
    );
    expect(write({ method: 'POST', body: { text: '"é"' } })).toContain('\r\nContent-Length: 4\r\n');
  });

  test('keeps what the caller gave, twice if given twice, in the given case', () => {
    const headers: RequestSpec['headers'] = [
      ['hOsT', 'a'],
      ['Host', 'b'],
      ['content-LENGTH', '99'],
      ['User-agent', 'x'],
      ['connection', 'keep-alive'],
    ];
    expect(write({ headers, body: { text: 'ab' } })).toBe(
      'GET /api/ HTTP/1.1\r\nhOsT: a\r\nHost: b\r\ncontent-LENGTH: 99\r\nUser-agent: x\r\nconnection: keep-alive\r\n\r\nab',
    );
  });

  test('leaves the framing to a caller who gives Transfer-Encoding', () => {
    const sent = write({ headers: [['Transfer-Encoding', 'chunked']], body: { text: 'zz\r\n' } });
    expect(sent).not.toContain('Content-Length');
    expect(sent.endsWith('\r\n\r\nzz\r\n')).toBe(true);
  });

  test.each(['POST', 'PUT', 'PATCH'])('frames a %s without a body, unless the caller frames it', (method) => {
    expect(write({ method })).toContain('\r\nContent-Length: 0\r\n');
    expect(write({ method, headers: [['transfer-encoding', 'chunked']] })).not.toContain('Content-Length');
    expect(write({ method, headers: [['content-length', '']] })).not.toContain('Content-Length');
  });

  test.each(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'ECC', 'post'])('leaves a %s without a body as it is', (method) => {
    expect(write({ method })).not.toContain('Content-Length');
  });

  test('sends method, target and body byte for byte', () => {
    const sent = write({ method: 'BREW me', target: '/a b/../%zz?q=\u00ff\u20ac#x', body: { base64: 'AP8K' } });
    expect(sent.startsWith('BREW me /api/a b/../%zz?q=\u00ff\u00e2\u0082\u00ac#x HTTP/1.1\r\n')).toBe(true);
    expect(sent.endsWith('\r\n\r\n\u0000\u00ff\n')).toBe(true);
  });

  test('fills placeholders in target and headers, not in the body', () => {
    const sent = write({
      target: '/{{token}}',
      headers: [['Authorization', 'Bearer {{adminToken}}']],
      body: { text: '{{token}}' },
    });
    expect(sent).toContain(`GET /api/${SECRETS.token} HTTP/1.1`);
    expect(sent).toContain(`Authorization: Bearer ${SECRETS.adminToken}\r\n`);
    expect(sent.endsWith('{{token}}')).toBe(true);
  });
});

describe('parseBase', () => {
  test.each([
    ['http://localhost:7376/api', 'localhost', 7376, '/api', 'http://localhost:7376'],
    ['https://[::1]/', '::1', 443, '', 'https://[::1]'],
    ['http://user:secret@h/', 'h', 80, '', 'http://h'],
  ])('%s', (url, hostname, port, prefix, origin) => {
    expect(parseBase(url)).toMatchObject({ hostname, port, prefix, origin });
  });

  test('keeps the password for redaction', () => {
    expect(parseBase('http://user:p%40ss@h').credentials).toEqual({ userinfo: 'p@ss' });
    expect(parseBase('http://user:p%zz@h').credentials).toEqual({ userinfo: 'p%zz' });
  });

  test.each(['/relative', 'ftp://h', 'http://h/#f'])('refuses %s', (url) => {
    expect(() => parseBase(url)).toThrow(/base URL/);
  });

  test('keeps a query for every request, and takes for secret what is no word in it', () => {
    const base = parseBase('https://h/api?api-version=2026-01&sig=9fK2mQ7xLpR4tV8wZb3N');
    expect(base).toMatchObject({ prefix: '/api', credentials: { querySig: '9fK2mQ7xLpR4tV8wZb3N' } });
    const targets = ['/a', '/a?x=%ff'].map((target) => targetOf({ target }, { prefix: '/api', query: 'v=1' }));
    expect(targets).toEqual(['/api/a?v=1', '/api/a?x=%ff&v=1']);
  });

  test('never repeats a refused URL', () => {
    expect(() => parseBase('http://user:hunter22@h/#q')).toThrow(expect.not.stringContaining('hunter22'));
  });
});
