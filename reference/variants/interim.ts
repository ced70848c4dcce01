import type { Variant } from './variant.ts';
import { written } from './written.ts';

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const PROCESSING = 'HTTP/1.1 102 Processing\r\n\r\n';
const HINTS = 'HTTP/1.1 103 Early Hints\r\nlink: </style.css>; rel=preload\r\ncontent-length: 12\r\n\r\n';

/** Interim answers before the final one (RFC 9110 §15.2), which every client has to expect. */
export const INTERIM: Variant[] = [
  { id: 'interim-hints', differs: '103 before the answer', answer: written({ before: HINTS }) },
  { id: 'interim-continue', differs: '100 before the answer', answer: written({ before: CONTINUE }) },
  {
    id: 'interim-several',
    differs: 'several interim answers, in small pieces',
    answer: written({ before: CONTINUE + PROCESSING + HINTS + HINTS, piece: 11 }),
  },
];
