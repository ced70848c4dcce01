import { declareCells } from './declare-cells.ts';

// What needs the target to be switched to fail. The runner does so once all other cells are done; Playwright takes files by name, so
// that no test waits here while others could go on.
await declareCells('switches');
