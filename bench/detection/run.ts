import { channel } from 'node:diagnostics_channel';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startReference } from '../../reference/server.ts';
import { CONTRACT } from '../../selfcheck/run-suite.ts';
import { SUBJECTS, type Subject, tagsOf } from '../../selfcheck/subjects.ts';
import { RATE_LIMIT } from '../../selfcheck/trial.ts';
import { makeDocument } from './document.ts';
import type { Peer } from './peers/peer.ts';
import { portman } from './peers/portman.ts';
import { schemathesis } from './peers/schemathesis.ts';
import type { Measured, PeerResult } from './results.ts';

const PEERS: Peer[] = [schemathesis, portman];

/** Trials at a time: each waits now and then, so that three keep two cores busy. */
const ABREAST = 3;

/** Runs on the plain reference: whatever fails in any of them is not held for a find. */
const BASELINES = 5;

const { values } = parseArgs({
  options: { peer: { type: 'string' }, only: { type: 'string' }, continue: { type: 'boolean', default: false } },
});
const subjects = SUBJECTS.filter(
  ({ kind, id }) => (kind === 'mutant' || kind === 'variant') && id.startsWith(values.only ?? ''),
);
const requests = countRequests();
mkdirSync(new URL('results/', import.meta.url), { recursive: true });
for (const peer of PEERS.filter(({ name }) => values.peer === undefined || name === values.peer)) {
  const result = await measure(peer);
  const mutants = result.trials.filter(({ kind }) => kind === 'mutant');
  const noticed = mutants.filter(({ found }) => found.length > 0);
  console.log(`${peer.name} ${result.version}: ${noticed.length} of ${mutants.length} defects noticed`);
}

async function measure(peer: Peer): Promise<PeerResult> {
  const version = await peer.version();
  const plain = new Map<string, Promise<Set<string>>>();
  const file = new URL(`results/${peer.name.toLowerCase().replaceAll(' ', '-')}.json`, import.meta.url);
  const trials = values.continue && existsSync(file) ? readTrials(file) : [];
  const waiting = subjects.filter(({ id }) => !trials.some((trial) => trial.id === id));
  await Promise.all(
    Array.from({ length: ABREAST }, async () => {
      for (let subject = waiting.shift(); subject; subject = waiting.shift()) {
        trials.push(await attempt(subject));
        if (values.only === undefined) writeFileSync(file, `${JSON.stringify(resultOf(), null, 2)}\n`);
      }
    }),
  );
  return resultOf();

  function resultOf(): PeerResult {
    const order = new Map(subjects.map(({ id }, index) => [id, index]));
    const sorted = trials.toSorted((one, other) => (order.get(one.id) ?? 0) - (order.get(other.id) ?? 0));
    const date = new Date().toISOString().slice(0, 10);
    return { name: peer.name, version, command: peer.command, date, trials: sorted };
  }

  async function attempt(subject: Subject): Promise<Measured> {
    const tags = tagsOf(subject);
    const known = await baselineOf(tags);
    const startedAt = performance.now();
    const { failed, sent } = await tryOnce(peer, subject, tags, 1);
    const ms = Math.round(performance.now() - startedAt);
    const { kind, id } = subject;
    const family = kind === 'mutant' ? subject.alteration.family : kind;
    const found = failed.filter((key) => !known.has(key)).sort();
    console.error(`${trials.length + 1}/${subjects.length} ${id} ${sent} ${found.join(', ')}`);
    return { kind, id, family, found, requests: sent, ms };
  }

  function baselineOf(tags: string[]): Promise<Set<string>> {
    const key = tags.join();
    const known =
      plain.get(key) ??
      (async () => {
        const keys = new Set<string>();
        for (let seed = 1; seed <= BASELINES; seed++) {
          const { failed } = await tryOnce(peer, { kind: 'reference', id: 'reference', alteration: {} }, tags, seed);
          for (const each of failed) keys.add(each);
        }
        return keys;
      })();
    plain.set(key, known);
    return known;
  }
}

function readTrials(file: URL): Measured[] {
  return (JSON.parse(readFileSync(file, 'utf8')) as PeerResult).trials;
}

/** Serves a subject and lets a peer try it; a peer that breaks down has noticed something, too. */
async function tryOnce(peer: Peer, subject: Subject, tags: string[], seed: number) {
  const { alteration } = subject;
  const isLow = 'load' in alteration;
  const reference = await startReference({
    operations: CONTRACT.operations,
    alteration,
    ...(isLow && { rateLimit: RATE_LIMIT }),
  });
  const directory = mkdtempSync(join(tmpdir(), 'ecc-peer-'));
  const port = Number(new URL(reference.url).port);
  try {
    const documentFile = join(directory, 'openapi.json');
    writeFileSync(documentFile, JSON.stringify(makeDocument(tags, reference.url)));
    const trial = { url: reference.url, token: reference.token, documentFile, directory };
    const failed = await peer.run(trial, seed).catch((error: Error) => [`breaks down: ${error.message.slice(0, 100)}`]);
    return { failed, sent: requests.get(port) ?? 0 };
  } finally {
    await reference.close();
    requests.delete(port);
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Requests that arrived so far, by the port of the server. */
function countRequests(): Map<number, number> {
  const counts = new Map<number, number>();
  channel('http.server.request.start').subscribe((message) => {
    const { port } = (message as { server: Server }).server.address() as AddressInfo;
    counts.set(port, (counts.get(port) ?? 0) + 1);
  });
  return counts;
}
