/** Every variable and its default, in words; `.env.example` and the README name the same ones, and a test holds them together. */
export const VARIABLES: Record<string, string> = {
  API_URL: 'Base URL of the API with its prefix. Without it the suite starts the embedded reference API.',
  API_TOKEN: 'An ordinary API token, or user:password where the contract asks for basic. Required with API_URL.',
  API_ADMIN_TOKEN: 'An administrator token, for the control of 403.',
  API_LIMITED_TOKEN:
    'A token that may not use the operations which the target profile names (limited), for 403 of a missing permission.',
  API_CREDENTIALS:
    'Credentials of the security schemes that the contract uses beside the first, as a JSON object such as {"appKey":"…"}.',
  API_RESTRICTED: 'Path of an object hidden for administrators only; several are separated by commas.',
  CONFORMANCE_TARGET:
    'Target profile in targets/, or the path of a .yaml file. Default: reference without API_URL, generic with it.',
  CONFORMANCE_CONTRACT:
    'Path of a directory with another contract: openapi.yaml, a <status>.json for each error, and clauses.yaml if there is one. Needs API_URL.',
  CONFORMANCE_ALLOW:
    'Danger classes, comma-separated: read, reject, write, load, fault, or all. Default: read,reject on any target but the embedded one.',
  CONFORMANCE_FAULTS: 'Fault driver preset: reference, envoy or prism.',
  CONFORMANCE_REQUIRE: 'all, or statuses that must be provoked: an incomplete run then fails.',
  CONFORMANCE_COUNT: 'Clause sets whose MUSTs decide the verdict. Default: contract. Others: http, hygiene.',
  CONFORMANCE_REPORT_DIR: 'Where the report is written. Default: conformance-report.',
  CONFORMANCE_BASELINE: 'Path of the report.json of the run before: the report then says what changed.',
  CONFORMANCE_FAIL_ON: 'any, or new: only what the baseline does not have fails the run. Default: any.',
  CONFORMANCE_WAIVERS:
    'Path of the file of waivers: findings that are let be until a day. Default: waivers.yaml, if it is there and API_URL is set.',
  CONFORMANCE_HISTORY: 'Path of a directory with the report.json of earlier runs: the report then shows the trend.',
  CONFORMANCE_RUN:
    'Name of the run that a shard is a part of: shards of two runs are not merged. Default: the id that GitHub or GitLab gives.',
  CONFORMANCE_TIMEOUT_MS: 'Deadline of one exchange in milliseconds. Default: 10000.',
  CONFORMANCE_CONCURRENCY: 'Exchanges under way at once, over all workers. Default: 8.',
  CONFORMANCE_BURST_CONCURRENCY: 'Exchanges under way at once in the burst for 429. Default: 64.',
  CONFORMANCE_MAX_RPS:
    'Most requests begun in a second, over all workers. Default: no bound, and 2 on a protected host.',
  CONFORMANCE_MAX_OBJECTS:
    'Objects of each kind that a run has on the target at a time, its own included. Default: 10.',
  CONFORMANCE_PROTECTED_HOSTS:
    'Host names that are production, comma-separated, localhost too; *.example.com for all below. Only reading and rejected requests go there.',
  CONFORMANCE_CONFIRM_HOST: 'Name of the protected host that this run may be pointed at.',
  CONFORMANCE_ALLOW_INSECURE: '1 lets a token travel over plain http to another machine.',
  CONFORMANCE_TOKEN_IN_URL:
    '1 sends the token in a URL, too, to see it refused there, and 0 does not: logs keep URLs. Default: 0 on any target but the embedded one.',
  CONFORMANCE_CA_FILE: 'PEM file of a private certificate authority, trusted besides the known ones.',
  CONFORMANCE_CLIENT_CERT_FILE: 'PEM file of the client certificate, for an API that asks for one.',
  CONFORMANCE_CLIENT_KEY_FILE: 'PEM file of the key of the client certificate.',
  CONFORMANCE_CLIENT_KEY_PASSPHRASE: 'Passphrase of that key.',
  CONFORMANCE_HEADERS:
    'Headers for every request, as a JSON object such as {"X-Tenant":"acme"}; {{uuid}} is a new one each time; their values are never shown.',
  CONFORMANCE_GENERATE: 'Generated input: off, quick or deep. Default: quick.',
  CONFORMANCE_SEED:
    'Seed of generated input, a whole number. Default: the same every time for quick, a new one for deep.',
  CONFORMANCE_GENERATE_BUDGET: 'Most generated requests of a run. Default: 500 for quick, 20000 for deep.',
  CONFORMANCE_ENV: 'staging reads .env.staging before .env.',
};

/** The suite's own variables, as they are named to who mistyped one. */
export function ownVariables(): string {
  return Object.keys(VARIABLES)
    .filter((name) => name.startsWith('CONFORMANCE_'))
    .join(', ');
}
