/** What a worker says first, and then for each test: the cell it is about, and which time it is provoked. */
export type Question = { secret: string } | { cell: string; attempt: string };

/** Something that goes with a test: a file by its path, or a text. */
export type Enclosure = { name: string; contentType: string } & ({ path: string } | { text: string });

/** What came of a cell, as its test has to say it. */
export type Reply = { status: 'passed' | 'skipped' | 'failed'; message: string; enclosures: Enclosure[] };

/** One message a line. JSON has no line ends of its own. */
export function toLine(message: Question | Reply): string {
  return `${JSON.stringify(message)}\n`;
}
