import { STATUS_CODES } from 'node:http';
import { flawless } from '../altering.ts';
import { ERROR_STATUSES } from '../errors.ts';
import { ANYTHING, succeed } from './answering.ts';
import type { Degenerate } from './degenerate.ts';

/** Every final status that has a name. */
const STATUSES = Object.keys(STATUS_CODES)
  .map(Number)
  .filter((status) => status >= 200);

const ALL = [...ERROR_STATUSES];

/** What the sentence says: an answer without the list, or with another status than the list's. */
const saying = (status: number) => (status === 200 ? 'is not the documented list' : `answered ${status}`);

/** Servers that know one answer. */
export const CONSTANT: Degenerate[] = [
  ...STATUSES.map((status) => ({
    id: `always-${status}`,
    does: `answers everything with a flawless ${status}`,
    says: saying(status),
    answer: () => flawless(status),
  })),
  {
    id: 'always-empty-list',
    does: 'answers everything with 200 and an empty list',
    never: ALL,
    answer: () => succeed({ data: [] }),
  },
  {
    id: 'always-object',
    does: 'answers everything with 200 and the same object',
    never: ALL,
    answer: () => succeed({ ...ANYTHING, data: [ANYTHING] }),
  },
  {
    id: 'always-null',
    does: 'answers everything with 200 and null',
    says: 'is not the documented list',
    answer: () => succeed(null),
  },
  {
    id: 'always-page',
    does: 'answers everything with 200 and a page of HTML',
    says: 'is not the documented list',
    answer: () => ({ status: 200, headers: [['content-type', 'text/html']], body: '<!doctype html><h1>Welcome</h1>' }),
  },
  {
    id: 'mirror',
    does: 'answers everything with 200 and the request',
    says: 'is not the documented list',
    answer: (_, { method, path, query, headers }) => succeed({ method, path, query, headers }),
  },
  {
    id: 'no-http',
    does: 'speaks another protocol',
    says: 'gives no answer',
    answer: () => ({ raw: 'SSH-2.0-OpenSSH_9.6\r\n' }),
  },
  { id: 'no-answer', does: 'closes every connection', says: 'gives no answer', answer: () => ({ raw: '' }) },
  {
    id: 'no-patience',
    does: 'resets every connection',
    says: 'gives no answer',
    answer: () => ({ raw: '', after: 'reset' }),
  },
];
