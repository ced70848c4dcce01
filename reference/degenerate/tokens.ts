import { unauthorized } from '../errors.ts';
import type { Degenerate } from './degenerate.ts';

/** Servers with no sense of tokens. */
export const TOKENS: Degenerate[] = [
  {
    id: 'no-token-demanded',
    does: 'takes everybody for the holder of an ordinary token',
    never: [401],
    parts: ({ authenticate }) => ({
      authenticate: (request) => {
        try {
          return authenticate(request);
        } catch {
          return 'ordinary';
        }
      },
    }),
  },
  {
    id: 'no-token-accepted',
    does: 'accepts no token',
    says: 'check API_TOKEN',
    parts: () => ({
      authenticate: () => {
        throw unauthorized(true);
      },
    }),
  },
  {
    id: 'administrators-only',
    does: 'takes everybody with a token for an administrator',
    never: [403],
    parts: ({ authenticate }) => ({
      authenticate: (request) => {
        authenticate(request);
        return 'administrator';
      },
    }),
  },
  {
    id: 'administrators-none',
    does: 'takes nobody for an administrator',
    never: [403],
    parts: ({ authenticate }) => ({
      authenticate: (request) => {
        authenticate(request);
        return 'ordinary';
      },
    }),
  },
  {
    id: 'administrators-swapped',
    does: 'takes administrators for others and others for administrators',
    never: [403],
    parts: ({ authenticate }) => ({
      authenticate: (request) => (authenticate(request) === 'ordinary' ? 'administrator' : 'ordinary'),
    }),
  },
];
