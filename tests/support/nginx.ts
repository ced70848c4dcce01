import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './toxiproxy.ts';

/** The program, wherever a distribution puts it; undefined when it is not installed. */
export const NGINX = ['nginx', '/usr/sbin/nginx'].find((path) => spawnSync(path, ['-v']).status === 0);

/** What of nginx is set: limits of its own, before an API that listens elsewhere. */
export type NginxOptions = {
  /** Host and port of the API. */
  upstream: string;
  /** Requests let through at once, and then in a second. */
  limit: { burst: number; perSecond: number };
  /** How long it waits for the API, in seconds. */
  readTimeout: number;
  /** Largest body it takes, in bytes. */
  maxBody: number;
};

/** Runs nginx before an API for the time that `work` takes; hands on where it listens. */
export async function withNginx<Result>(
  options: NginxOptions,
  work: (origin: string) => Promise<Result>,
): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'nginx-'));
  const port = await freePort();
  writeFileSync(join(directory, 'nginx.conf'), configure(directory, port, options));
  const args = ['-c', join(directory, 'nginx.conf'), '-p', directory, '-e', join(directory, 'error.log')];
  const child = spawn(NGINX ?? '', [...args, '-g', 'daemon off;'], { stdio: 'ignore' });
  const gone = new Promise((resolve) => child.on('exit', resolve));
  try {
    const origin = `http://127.0.0.1:${port}`;
    for (let looks = 0; !(await fetch(origin).catch(() => undefined)); looks++) {
      if (looks > 200 || child.exitCode !== null)
        throw new Error(`nginx does not start: ${readFileSync(join(directory, 'error.log'), 'utf8')}`);
      await sleep(50);
    }
    return await work(origin);
  } finally {
    child.kill('SIGTERM');
    await gone;
    rmSync(directory, { recursive: true, force: true });
  }
}

function configure(directory: string, port: number, { upstream, limit, readTimeout, maxBody }: NginxOptions): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (each) => `${each}_temp_path ${directory}/${each};`,
  );
  return `
    worker_processes 1;
    pid ${directory}/nginx.pid;
    events { worker_connections 256; }
    http {
      access_log off;
      ${temporary.join('\n      ')}
      limit_req_zone $server_port zone=all:64k rate=${limit.perSecond}r/s;
      server {
        listen 127.0.0.1:${port};
        client_max_body_size ${maxBody};
        location / { return 404; }
        location /api {
          limit_req zone=all burst=${limit.burst} nodelay;
          limit_req_status 429;
          proxy_http_version 1.1;
          proxy_read_timeout ${readTimeout}s;
          proxy_pass http://${upstream};
        }
      }
    }`;
}
