/** The name of a secret by what holds it, as placeholders have it: `header` and `X-Tenant` make `headerXTenant`. */
export function nameSecret(kind: 'header' | 'query' | 'credential', name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return `${kind}${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
}
