import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anchorOf, block, html, webLink } from '../../../reporters/html/escape.ts';

describe('text', () => {
  test('never becomes markup and never holds a hidden character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { markup } = html`${text}`;
        expect(markup).not.toMatch(/[<>"'`]|&(?!amp;|lt;|gt;|quot;|#39;|#96;)/);
        expect(markup).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  test('shows line ends in a line and keeps them in a block', () => {
    expect(html`${'a\r\n\tb'}`.markup).toBe('a␍␊␉b');
    expect(block('a\r\n\tb').markup).toBe('a␍\n\tb');
  });

  test('keeps other scripts and emoji as they are', () => {
    expect(html`${'Größe 名前 שם 😀'}`.markup).toBe('Größe 名前 שם 😀');
  });
});

describe('links', () => {
  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:x',
    'file:///etc/passwd',
    '//host/x',
    'no url',
    '',
  ])('refuses %j', (url) => {
    expect(webLink(url, 'label').markup).toBe('label');
  });

  test('is none where there is no URL', () => {
    expect(webLink(undefined, 'label').markup).toBe('label');
  });

  test('keeps http and https, with the address escaped', () => {
    expect(webLink('https://a.example/?x="><script>', 'l').markup).toContain(
      'href="https://a.example/?x=%22%3E%3Cscript%3E"',
    );
  });
});

describe('anchors', () => {
  test('keep plain names and give others a digest', () => {
    expect(anchorOf('clause', 'error-body-json')).toBe('clause-error-body-json');
    expect(anchorOf('clause', 'a b')).not.toBe(anchorOf('clause', 'a-b'));
    expect(anchorOf('clause', 'a b')).not.toBe(anchorOf('clause', 'a/b'));
  });

  test('are safe whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(anchorOf('cell', name)).toMatch(/^cell-[A-Za-z0-9_.-]*$/);
      }),
    );
  });
});
