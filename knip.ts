import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: ['suites/*.spec.ts', 'bench/**/*.ts', 'docs/*.ts'],
  project: ['**/*.ts', 'reporters/html/**/*.{js,css}'],
  // A style sheet imports nothing; that it is used is all there is to know of it.
  compilers: { css: () => '' },
  ignoreBinaries: ['mkfifo', 'openssl', 'script'],
};

export default config;
