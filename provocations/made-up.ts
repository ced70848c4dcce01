import { createHash } from 'node:crypto';
import type { Scene, World } from '../plan/case.ts';
import type { JsonSchema, Operation } from '../schemas/contract.ts';
import { textMatching } from '../schemas/sample.ts';
import { isDocumented } from './generated/validity.ts';

/** An integer that hardly any object has as its id, and that fits into 32 bits. It is not random: the gate asks for it first. */
const UNKNOWN_INTEGER = 2_147_480_047;

/** What takes any value: one object, for what is compiled is kept by the schema that it is of. */
const ANYTHING: JsonSchema = {};

/** A UUID of version 4 (RFC 9562 §5.4) has 122 random bits: that nobody else has it need not be asked. */
const RANDOM_ID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/i;

/** The random part of an id; undefined when it may be counted, or a name. */
export function randomPart(id: string): string | undefined {
  return RANDOM_ID.exec(id)?.[0].toLowerCase();
}

/** Whether an id is one of those that this suite makes up, and that somebody may have by chance. */
export function isMadeUp(id: string): boolean {
  return id === String(UNKNOWN_INTEGER) || id.startsWith('ecc-');
}

/**
 * The ids that stand for nothing in the paths of a contract, by how their parameters are described, and that somebody may have by
 * chance: a run's own (`madeUp`) in other forms.
 */
export function madeUpIds(operations: readonly Operation[], madeUp: string): string[] {
  return operations.flatMap(({ parameters }) =>
    parameters.filter((each) => each.in === 'path').map(({ schema }) => madeUpFor(schema, madeUp)),
  );
}

/** An id that nothing has, of the type that the operation's parameter has. */
export function madeUpId(operation: Operation, name: string, { world }: Scene): string {
  const schema = operation.parameters.find((each) => each.in === 'path' && each.name === name)?.schema ?? ANYTHING;
  return madeUpFor(schema, world.madeUp);
}

/** Whether a parameter can hold an id that nothing has: what is chosen from a list always means something. */
export function canBeUnknown({ schema }: { schema: JsonSchema }): boolean {
  return schema.enum === undefined && schema.const === undefined && schema.type !== 'boolean';
}

function madeUpFor(schema: JsonSchema, madeUp: string): string {
  const [choice] = Array.isArray(schema.enum) ? schema.enum : [schema.const];
  if (choice !== undefined) return String(choice);
  if ([schema.type].flat().some((type) => type === 'integer' || type === 'number')) return String(numberWithin(schema));
  const hex = madeUp.replaceAll('-', '');
  const digits = BigInt(`0x${hex}`).toString();
  const forms = [madeUp, hex, hex.toUpperCase(), digits, hex.slice(0, 24), hex.slice(0, 16), digits.slice(0, 16)];
  return findFitting(schema, forms, madeUp) ?? madeUp;
}

function numberWithin({ minimum, maximum }: JsonSchema): number {
  if (typeof maximum === 'number' && maximum < UNKNOWN_INTEGER) return Math.floor(maximum);
  return typeof minimum === 'number' && minimum > UNKNOWN_INTEGER ? Math.ceil(minimum) : UNKNOWN_INTEGER;
}

/**
 * A name that no other object has, of the form that its schema asks for; undefined where none was found. Every name that may be any
 * text begins with `ecc-<run>-`, by which objects that a killed run has left are told.
 */
export function uniqueName(
  { world: { run } }: { world: Pick<World, 'run'> },
  purpose: string,
  schema: JsonSchema = ANYTHING,
): string | undefined {
  const plain = slug(`ecc-${run}-${purpose}`);
  if (isDocumented(schema, plain)) return plain;
  const digest = createHash('sha256').update(plain).digest('hex');
  const short = slug(`ecc-${run}-${digest.slice(0, 10)}`);
  const names = [plain, short, `ecc-${digest.slice(0, 12)}`, `ecc${digest.slice(0, 9)}`, `e${digest.slice(0, 7)}`];
  const forms = [
    ...names,
    ...[short, ...names].map((name) => name.replaceAll('-', '_')),
    ...[short, ...names].map((name) => name.replaceAll(/[-_]/g, '')),
    ...names.map((name) => name.toUpperCase()),
    ...names.map((name) => name.replaceAll(/[-_]/g, '').toUpperCase()),
    `${short}@example.com`,
    `https://example.com/${short}`,
    `${short}.example.com`,
    uuidOf(digest),
    BigInt(`0x${digest.slice(0, 15)}`).toString(),
  ];
  return findFitting(schema, forms, digest);
}

/** The first of some texts that a schema takes, or else one made of its pattern, which takes a hundred tries; `seed` is hexadecimal. */
function findFitting(schema: JsonSchema, forms: readonly string[], seed: string): string | undefined {
  const fits = (form: string) => isDocumented(schema, form);
  const found = forms.find(fits);
  if (found !== undefined || typeof schema.pattern !== 'string') return found;
  return textMatching(schema.pattern, Number.parseInt(seed.slice(0, 7), 16)).find(fits);
}

function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9_-]+/g, '-');
}

function uuidOf(digest: string): string {
  const hex = `${digest.slice(0, 12)}4${digest.slice(13, 16)}a${digest.slice(17, 32)}`;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
