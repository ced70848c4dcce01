import { MEASURES, type Measured } from './measures.ts';

/** Medians by name, with the number of cells and of exchanges of a run; and rows of a table. */
export type Summary = { numbers: Record<string, number>; cpu: Record<string, number>; rounds: Record<string, number> };

/** The medians of what was measured. */
export function summarise(taken: ReadonlyMap<string, Measured[]>): Summary {
  const summary: Summary = { numbers: {}, cpu: {}, rounds: {} };
  for (const [name, all] of taken) {
    summary.numbers[name] = round(median(all.map(({ value }) => value)));
    summary.rounds[name] = all.length;
    const cpu = all.flatMap(({ cpuSeconds }) => cpuSeconds ?? []);
    if (cpu.length > 0) summary.cpu[name] = round(median(cpu));
  }
  // Runs of the suite have cells; a run that finds something sends more than one that does not.
  const run = [...taken.values()].flat().find(({ cells }) => cells !== undefined);
  if (run) Object.assign(summary.numbers, { exchanges: run.exchanges, cells: run.cells });
  return summary;
}

/** A table to read. */
export function renderTable({ numbers, cpu, rounds }: Summary): string[] {
  const { embedded, empty, inProcess, bare, allFailing, emptyFailing, latency100, exchanges = 0, cells } = numbers;
  const notes: Record<string, string | undefined> = {
    embedded: times(minus(embedded, empty), bare, 'the bare loop without the empty tests'),
    inProcess: times(inProcess, bare, 'the bare loop'),
    allFailing: times(allFailing, emptyFailing, 'as many failing tests'),
    latency100: times(latency100, (exchanges * 0.1) / 8, 'the bare waiting, 8 at a time'),
    hostileText: times(numbers.hostileText, numbers.scan, 'a look at each of its characters'),
    memory100000: times(numbers.memory100000, numbers.memory1000, 'that of some 1,000'),
  };
  const rows = Object.entries(MEASURES).flatMap(([name, { title, unit }]) => {
    const value = numbers[name];
    if (value === undefined) return [];
    const used = cpu[name] === undefined ? '' : `${cpu[name].toFixed(2)} s CPU`;
    const median = rounds[name] === 1 ? 'once' : `median of ${rounds[name]}`;
    return [
      [
        name.padEnd(13),
        title.padEnd(38),
        `${value.toFixed(unit === 's' ? 2 : 0)} ${unit}`.padStart(8),
        used.padStart(12),
        ` ${median.padEnd(12)}`,
        notes[name] ?? '',
      ]
        .join(' ')
        .trimEnd(),
    ];
  });
  return [...(cells === undefined ? [] : [`${cells} cells, ${exchanges} exchanges`]), ...rows];
}

function times(value: number | undefined, unit: number | undefined, of: string): string | undefined {
  return value === undefined || !unit ? undefined : `${(value / unit).toFixed(2)} × ${of}`;
}

function minus(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one - other;
}

function median(values: number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
