import type { Alteration } from '../../reference/alteration.ts';
import { withBody, withHeader } from '../../reference/altering.ts';
import { ApiError } from '../../reference/errors.ts';
import { EFFECTS as DEFECTS } from '../../reference/mutants/meaning/effects.ts';
import { handling } from '../../reference/mutants/meaning/rewire.ts';
import type { Call, Handler } from '../../reference/operations/call.ts';
import type { Hostile } from './hostile.ts';

const [LIST, CREATE] = ['listHttpEndpoints', 'createHttpEndpoint'];
const WRITES = [CREATE, 'updateHttpEndpoint', 'deleteHttpEndpoint'];

/** What is listed late is not seen for so long, in milliseconds. */
const LATE_MS = 700;

/** How many changes there are before there are no more. */
const MANY = 30;

type Shown = { id?: string; name?: string };

/** What one of the seeded defects does. */
function defect(id: string): Pick<Hostile, 'alteration'> {
  const { parts, answer } = DEFECTS.find((each) => each.id === id) ?? {};
  return { alteration: { ...(parts && { parts }), ...(answer && { answer }) } };
}

/** An answer that says that something was made, and not what. */
const withoutId: Alteration['answer'] = (answer, { operation }) =>
  operation === CREATE && answer.status < 300 ? withBody({ ...answer, status: 201 }, {}) : answer;

/** Changes what a list shows. */
function listing(change: (list: Shown[], call: Call) => object): NonNullable<Alteration['parts']> {
  return handling(LIST, (call, own) => change((own(call) as { data: Shown[] }).data, call));
}

/** Servers that are sloppy about effects: what they say and what they have done are two things. */
export const EFFECTS: Hostile[] = [
  {
    id: 'made-though-refused',
    does: 'makes what it refuses',
    fault: 'theirs',
    checks: ['effect-422'],
    tells: 'POST /destinations/http_endpoints answered 422, and',
    ...defect('meaning-422-made'),
  },
  {
    id: 'changed-though-refused',
    does: 'keeps the valid part of a change that it refuses',
    fault: 'theirs',
    checks: ['effect-422'],
    ...defect('meaning-422-changed'),
  },
  {
    id: 'removed-though-refused',
    does: 'removes a hidden object and then says that it is hidden',
    fault: 'theirs',
    checks: ['effect-403'],
    ...defect('meaning-403-removed'),
  },
  {
    id: 'made-and-not-told',
    does: 'answers 201 with nothing in it',
    fault: 'nobody',
    tells: 'POST /destinations/http_endpoints answered 201, and',
    alteration: { answer: withoutId },
  },
  {
    id: 'made-and-failed',
    does: 'makes an object and then answers 500',
    fault: 'ours',
    tells: 'POST /destinations/http_endpoints answered 500, and',
    alteration: {
      parts: handling(CREATE, (call, own) => {
        own(call);
        throw new Error('The event cannot be published.');
      }),
    },
  },
  {
    id: 'accepted-later',
    does: 'accepts an object and makes it a little later',
    fault: 'nobody',
    tells: 'answered 202',
    alteration: {
      parts: handling(CREATE, (call, own) => {
        call.check(call.operation.id, call.body, { store: call.store, caller: call.caller });
        setTimeout(() => own(call), 300);
        return {};
      }),
      answer: (answer, { operation }) =>
        operation === CREATE && answer.status < 300 ? { ...answer, status: 202 } : answer,
    },
  },
  {
    id: 'listed-late',
    does: 'lists an object some time after it was made, and does not tell its id before',
    fault: 'nobody',
    alteration: {
      parts: (parts) => {
        const since = new Map<string | undefined, number>();
        const creating = handling(CREATE, (call, own) => {
          const made = own(call) as Shown;
          since.set(made.id, performance.now());
          return made;
        })(parts);
        const isOld = ({ id }: Shown) => performance.now() - (since.get(id) ?? 0) > LATE_MS;
        return listing((list) => ({ data: list.filter(isOld) }))({ ...parts, ...creating });
      },
      answer: withoutId,
    },
  },
  {
    id: 'renamed',
    does: 'cuts all names short',
    fault: 'nobody',
    reason: 'this run named the first of its http_endpoints "ecc-',
    alteration: {
      parts: (parts) => {
        const cut = (shown: Shown) => (shown.name === undefined ? shown : { ...shown, name: shown.name.slice(0, 5) });
        const wrap =
          (own: Handler): Handler =>
          async (call) => {
            const shown = (await own(call)) as Shown & { data?: Shown[] };
            return Array.isArray(shown.data) ? { ...shown, data: shown.data.map(cut) } : cut(shown);
          };
        return { handlers: Object.fromEntries(Object.entries(parts.handlers).map(([id, own]) => [id, wrap(own)])) };
      },
    },
  },
  {
    id: 'paged',
    does: 'lists two objects a page, and does not tell what it made',
    fault: 'nobody',
    tells: 'POST /destinations/http_endpoints answered 201, and',
    alteration: {
      answer: async (given, asked) => {
        const answer = (await withoutId(given, asked)) as typeof given;
        if (asked.operation !== LIST || answer.status !== 200) return answer;
        const { data } = JSON.parse(String(answer.body)) as { data: Shown[] };
        const at = Number(new URLSearchParams(asked.query).get('from') ?? 0);
        const page = withBody(answer, { data: data.slice(at, at + 2) });
        return at + 2 < data.length ? withHeader(page, 'link', `<?from=${at + 2}>; rel="next"`) : page;
      },
    },
  },
  {
    id: 'read-only-from-now-on',
    does: 'lets nobody change anything any more after some time',
    fault: 'ours',
    tells: 'left behind',
    alteration: {
      parts: ({ handlers }) => {
        let changes = 0;
        const closing =
          (own: Handler): Handler =>
          (call) => {
            changes += 1;
            if (changes > MANY) throw new ApiError(403, 'The service is read-only for maintenance.');
            return own(call);
          };
        const wrap = ([id, own]: [string, Handler]) => [id, WRITES.includes(id) ? closing(own) : own];
        return { handlers: Object.fromEntries(Object.entries(handlers).map(wrap)) };
      },
    },
  },
  {
    id: 'quota-of-two',
    does: 'has room for two objects',
    fault: 'nobody',
    reason: 'quota',
    alteration: {
      parts: (parts) => {
        const own = new Set<string | undefined>();
        const creating = handling(CREATE, (call, make) => {
          call.check(call.operation.id, call.body, { store: call.store, caller: call.caller });
          if (own.size >= 2) throw new ApiError(403, 'The quota of two endpoints is used up.');
          const made = make(call) as Shown;
          own.add(made.id);
          return made;
        })(parts);
        const removing = handling('deleteHttpEndpoint', (call, remove) => {
          const removed = remove(call) as Shown;
          own.delete(removed.id);
          return removed;
        })({ ...parts, ...creating });
        return { ...creating, ...removing };
      },
    },
  },
];
