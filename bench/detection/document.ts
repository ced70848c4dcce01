import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';

type Plain = Record<string, unknown>;

const SCHEMAS = new URL('../../schemas/', import.meta.url);

/** Objects that a plain reference has from the start: what tools that read examples put into paths. */
const IN_PATHS: Record<string, string> = {
  sink_id_or_name: 'c0000000-0000-4000-8000-000000000001',
  endpoint_id_or_name: 'b0000000-0000-4000-8000-000000000001',
  id_or_name: 'a0000000-0000-4000-8000-000000000001',
  backfill_id: 'd0000000-0000-4000-8000-000000000001',
};

/**
 * The contract as one self-contained OpenAPI 3.1 document, the way its publisher would hand it out: the same operations as
 * the suite has, every error response with its schema, an example for each path parameter. `tags` says which operations are
 * kept; links to others are left out.
 */
export function makeDocument(tags: string[], server: string): Plain {
  const document = load(readFileSync(new URL('openapi.yaml', SCHEMAS), 'utf8')) as Plain;
  const { paths, components } = document as { paths: Record<string, Plain>; components: Record<string, Plain> };
  for (const response of Object.values(components.responses ?? {})) inlineSchema(response as Plain);
  for (const parameter of Object.values(components.parameters ?? {})) {
    const { name } = parameter as { name: string };
    if (IN_PATHS[name] !== undefined) Object.assign(parameter as Plain, { example: IN_PATHS[name] });
  }
  const kept = keepTags(paths, tags);
  for (const item of Object.values(paths)) for (const operation of Object.values(item)) pruneLinks(operation, kept);
  document.servers = [{ url: server }];
  // YAML anchors become copies: not every reader of JSON likes one object in two places.
  return JSON.parse(JSON.stringify(document)) as Plain;
}

/** Puts the schema of an error where the document refers to its file. */
function inlineSchema(response: Plain): void {
  const content = response.content as Record<string, { schema: { $ref: string } }>;
  for (const media of Object.values(content)) {
    const schema = JSON.parse(readFileSync(new URL(media.schema.$ref, SCHEMAS), 'utf8')) as Plain;
    const { $schema: _, $id: __, examples, ...rest } = schema;
    media.schema = rest as never;
    Object.assign(media, { example: (examples as unknown[])[0] });
  }
}

/** Removes the operations of other tags; yields the ids of those that stay. */
function keepTags(paths: Record<string, Plain>, tags: string[]): Set<string> {
  const kept = new Set<string>();
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(item) as [string, { tags?: string[]; operationId: string }][]) {
      if (!operation.operationId) continue;
      if (operation.tags?.some((tag) => tags.includes(tag))) kept.add(operation.operationId);
      else delete item[method];
    }
    if (!Object.keys(item).some((key) => key !== 'parameters')) delete paths[path];
  }
  return kept;
}

function pruneLinks(operation: unknown, kept: Set<string>): void {
  const { responses } = operation as {
    responses?: Record<string, { links?: Record<string, { operationId: string }> }>;
  };
  for (const { links } of Object.values(responses ?? {}))
    for (const [name, link] of Object.entries(links ?? {})) if (!kept.has(link.operationId)) delete links?.[name];
}
