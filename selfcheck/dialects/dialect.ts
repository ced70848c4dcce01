import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDocument } from '../../documents/read-document.ts';
import type { Alteration } from '../../reference/alteration.ts';
import type { Reference } from '../../reference/server.ts';
import type { Target } from '../../runner/session.ts';
import type { Contract } from '../../schemas/contract.ts';
import { loadContract } from '../../schemas/load-contract.ts';
import { OWN_CONTRACT } from '../../schemas/read-contract.ts';

/** A value of a document that is looked into as it comes: what is not there is found out by the contract's own reader. */
// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document has too many shapes to be told apart here
export type Loose = any;

/** Another contract than the published one, and the reference that keeps it. */
export type Dialect = {
  /** In small letters and hyphens; unique among all subjects. */
  id: string;
  /** What is published otherwise, in a few words. */
  publishes: string;
  /** Changes the published OpenAPI document. */
  publish(document: Loose): void;
  /** Makes the reference keep what is published then. */
  keep(): Alteration;
  /** How it is reached otherwise. */
  reach?(reference: Reference): Partial<Target>;
  /** Statuses that a run has to bring about. */
  provokes: number[];
  /** What may be wrong with it. */
  breaches: Breach[];
};

/** Something wrong with a reference that keeps a dialect, but for this. */
export type Breach = Alteration & {
  id: string;
  breaks: string;
  /** Ids of exactly the checks that find something. */
  trips: [string, ...string[]];
  /** Set where it stands in place of what keeps the dialect, and not behind it. */
  instead?: true;
};

const contracts = new Map<string, Contract>();

/** The contract of a dialect, read as any other: from a directory, by the front door. It brings no clauses of its own. */
export function contractOf({ id, publish }: Dialect): Contract {
  const known = contracts.get(id) ?? write(publish);
  contracts.set(id, known);
  return known;
}

function write(publish: Dialect['publish']): Contract {
  const directory = mkdtempSync(join(tmpdir(), 'ecc-dialect-'));
  try {
    const { value } = readDocument(join(OWN_CONTRACT, 'openapi.yaml'), { complain: (sentence) => new Error(sentence) });
    for (const file of readdirSync(OWN_CONTRACT).filter((each) => each.endsWith('.json')))
      copyFileSync(join(OWN_CONTRACT, file), join(directory, file));
    const document = structuredClone(value) as Loose;
    publish(document);
    // JSON is YAML.
    writeFileSync(join(directory, 'openapi.yaml'), JSON.stringify(document));
    return loadContract(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Two alterations, the second of what the first makes of the reference. */
export function both(first: Alteration, second: Alteration): Alteration {
  return {
    request(request) {
      second.request?.(request);
      first.request?.(request);
    },
    parts(own) {
      const parts = { ...own, ...first.parts?.(own) };
      return { ...parts, ...second.parts?.(parts) };
    },
    async answer(given, asked) {
      const kept = (await first.answer?.(given, asked)) ?? given;
      return 'status' in kept && second.answer ? second.answer(kept, asked) : kept;
    },
  };
}

/** Every operation of a document. */
export function operationsIn(document: Loose): Loose[] {
  return Object.values(document.paths as Record<string, Loose>).flatMap((path) =>
    Object.entries(path as Record<string, Loose>).flatMap(([key, operation]) =>
      ['get', 'post', 'put', 'patch', 'delete'].includes(key) ? [operation] : [],
    ),
  );
}
