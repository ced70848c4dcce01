import type { Toxic, ToxiproxyFault } from '../plan/case.ts';

/** How long Toxiproxy, which stands nearby and does little, may take to answer, in milliseconds. */
const DEADLINE_MS = 10_000;

/** Puts the fault on the proxy; a toxic of that name that an earlier run left there is replaced. Rejects with what went wrong in words. */
export async function putFault(fault: ToxiproxyFault, name: string): Promise<void> {
  if (!fault.toxic) return setEnabled(fault, false);
  const toxic: Toxic & { name: string } = { name, ...fault.toxic };
  const { status } = await call(fault, 'POST', '/toxics', toxic, [200, 409]);
  if (status !== 409) return;
  await takeFault(fault, name);
  await call(fault, 'POST', '/toxics', toxic, [200]);
}

/** Takes the fault off again; one that is not there is no error. Rejects with what went wrong in words. */
export async function takeFault(fault: ToxiproxyFault, name: string): Promise<void> {
  if (!fault.toxic) return setEnabled(fault, true);
  await call(fault, 'DELETE', `/toxics/${encodeURIComponent(name)}`, undefined, [204, 404]);
}

/** The request that takes the fault off, for a person to send. */
export function tellTaking({ url, proxy, toxic }: ToxiproxyFault, name: string): string {
  const path = `${url.replace(/(?<!\/)\/+$/, '')}/proxies/${encodeURIComponent(proxy)}`;
  return toxic ? `DELETE ${path}/toxics/${encodeURIComponent(name)}` : `POST ${path} {"enabled":true}`;
}

async function setEnabled(fault: ToxiproxyFault, enabled: boolean): Promise<void> {
  await call(fault, 'POST', '', { enabled }, [200]);
}

async function call(
  { url, proxy }: ToxiproxyFault,
  method: string,
  path: string,
  body: object | undefined,
  expected: number[],
): Promise<{ status: number }> {
  const base = url.replace(/(?<!\/)\/+$/, '');
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${base}/proxies/${encodeURIComponent(proxy)}${path}`, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(DEADLINE_MS),
      ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
    text = await response.text();
  } catch (error) {
    throw new Error(`Toxiproxy at ${base} cannot be reached: ${reasonOf(error)}`);
  }
  if (expected.includes(response.status)) return response;
  throw new Error(`Toxiproxy at ${base} answered ${response.status} for the proxy "${proxy}"${explanationIn(text)}`);
}

/** `fetch` says "fetch failed" and keeps the reason in the cause. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string } };
  return cause?.code ?? message;
}

/** Errors are `{"error": "proxy not found", "status": 404}`. */
function explanationIn(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === 'string' ? `: ${error.slice(0, 200)}` : '';
  } catch {
    return '';
  }
}
