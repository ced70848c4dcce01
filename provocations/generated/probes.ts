import type { Draft, Generation, Provocation, Scene } from '../../plan/case.ts';
import type { Operation } from '../../schemas/contract.ts';
import { pathParams } from '../../schemas/path-params.ts';
import { baseControls } from '../controls.ts';
import { buildRequest, realParams, unknownParams } from '../request.ts';
import { type Change, listChanges } from './changes.ts';
import {
  bodyGenerators,
  GENERATED_BODY,
  type Generator,
  makeProbe,
  shareOf,
  takesBody,
  takesPath,
  takesQuery,
} from './generator.ts';
import { type Random, randomOf, spread } from './random.ts';

/** Part of a cell's share that single changes get; pairs and the search have the rest. */
const SINGLES = 0.6;
const PAIRS = 0.1;

const generatedBody: Provocation = {
  id: GENERATED_BODY,
  condition: 'invalid-body',
  title: 'Generated bodies, each one change or two away from one that was accepted',
  via: 'probe',
  appliesTo: takesBody,
  danger: () => 'reject',
  cases(operation, scene) {
    const { generation } = scene.capabilities;
    return generation ? bodyProbes(operation, scene, generation) : [];
  },
};

function bodyProbes(operation: Operation, scene: Scene, generation: Generation): Draft[] {
  const random = randomOf(generation.seed, `${operation.id} body`);
  const share = shareOf(scene, generation);
  const singles = bodyGenerators(operation, scene).flatMap((generator) =>
    listChanges(generator.targets).map((change) => ({ generator, changes: [change] })),
  );
  // What two forms share needs to be tried in one of them only.
  const distinct = [...new Map(singles.map((single) => [labelsOf(single).join(' '), single])).values()];
  const pairs = Array.from({ length: Math.floor(share * PAIRS) }, () => pairOf(singles, random));
  const chosen = [
    ...spread(distinct, Math.floor(share * SINGLES), labelsOf, random),
    ...pairs.filter((pair) => pair !== undefined),
  ];
  return chosen.flatMap(({ generator, changes }) => generator.probe(changes) ?? []);
}

type Choice = { generator: Generator; changes: Change[] };

function labelsOf({ changes }: Choice): string[] {
  return changes.flatMap(({ key, kind }) => [key, kind]);
}

/** Two changes to different fields of the same form, neither of which holds the other. */
function pairOf(singles: Choice[], random: Random): Choice | undefined {
  const one = singles[Math.floor(random() * singles.length)];
  const others = singles.filter(({ generator, changes }) => {
    const [first, second] = [one?.changes[0]?.pointer ?? '', changes[0]?.pointer ?? ''];
    return (
      generator === one?.generator && !`${first}/`.startsWith(`${second}/`) && !`${second}/`.startsWith(`${first}/`)
    );
  });
  const other = others[Math.floor(random() * others.length)];
  return one && other && { generator: one.generator, changes: [...one.changes, ...other.changes] };
}

/** Names and ids that a path, or a query, has to cope with. */
const ODD_NAMES: Record<string, string> = {
  'one-character': 'x',
  number: '42',
  negative: '-1',
  'beyond-64-bit': '18446744073709551616',
  'almost-uuid': '00000000-0000-4000-8000-00000000000g',
  'uuid-in-capitals': '00000000-0000-4000-8000-00000000DEAD',
  oversize: 'x'.repeat(2000),
  'two-hundred-and-fifty-six': 'x'.repeat(256),
  emoji: '🙈',
  'right-to-left': 'a\u202eb',
  blank: ' ',
  quote: "x' OR '1'='1",
  wildcard: '*',
  percent: '%',
  null: 'null',
  undefined: 'undefined',
  prototype: '__proto__',
  template: '{{7*7}}',
  line: 'a\r\nb',
  nul: 'a\u0000b',
  slash: 'a/b',
  'dots-inside': 'a/../b',
};

const generatedPath: Provocation = {
  id: 'generated-path',
  // Any text may be a name, so that most of these only lead nowhere.
  condition: 'unknown-object',
  title: 'Generated names and ids; only for reading, because an object may have one',
  via: 'probe',
  appliesTo: takesPath,
  danger: () => 'read',
  cases(operation, scene) {
    const { generation } = scene.capabilities;
    const controls = baseControls(operation, scene);
    if (!generation || controls.length === 0) return [];
    const params = pathParams(operation.path);
    const all = Object.entries(ODD_NAMES).flatMap(([kind, name]) => params.map((param) => ({ kind, name, param })));
    const random = randomOf(generation.seed, `${operation.id} path`);
    return spread(all, shareOf(scene, generation), ({ kind, param }) => [kind, param], random).map(
      ({ kind, name, param }) =>
        makeProbe(operation, scene, {
          id: `generated-path:${param} ${kind}`,
          kinds: [`${param} ${kind}`],
          provocation: 'generated-path',
          request: buildRequest(operation, { params: { ...unknownParams(operation, scene), [param]: name } }),
          controls,
        }),
    );
  },
};

const generatedQuery: Provocation = {
  id: 'generated-query',
  condition: 'invalid-parameter',
  title: 'Generated values for documented query parameters',
  via: 'probe',
  appliesTo: takesQuery,
  danger: () => 'read',
  cases(operation, scene) {
    const { generation } = scene.capabilities;
    const control = baseControls(operation, scene)[0];
    const params = control && realParams(operation, scene);
    if (!generation || !control || !params) return [];
    const queries = operation.parameters.filter((each) => each.in === 'query');
    const values = Object.entries({ ...ODD_NAMES, empty: '' });
    const all = queries.flatMap(({ name }) => values.map(([kind, value]) => ({ name, kind, value })));
    const random = randomOf(generation.seed, `${operation.id} query`);
    return spread(all, shareOf(scene, generation), ({ name, kind }) => [name, kind], random).map(
      ({ name, kind, value }) =>
        makeProbe(operation, scene, {
          id: `generated-query:${name} ${kind}`,
          kinds: [`${name} ${kind}`],
          provocation: 'generated-query',
          request: buildRequest(operation, {
            params,
            without: [name],
            query: `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
          }),
          controls: [control],
        }),
    );
  },
};

/** Generated input: each is a provocation whose cases can only convict. */
export const generated: Provocation[] = [generatedBody, generatedPath, generatedQuery];
