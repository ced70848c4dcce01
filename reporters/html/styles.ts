import { BASE_STYLES } from './styles/base.ts';
import { DETAIL_STYLES } from './styles/details.ts';
import { HISTORY_STYLES } from './styles/history.ts';
import { LAYOUT_STYLES } from './styles/layout.ts';
import { PRINT_STYLES } from './styles/print.ts';
import { WAIVER_STYLES } from './styles/waivers.ts';

/** The page's one style sheet. */
export const STYLES = BASE_STYLES + LAYOUT_STYLES + DETAIL_STYLES + HISTORY_STYLES + WAIVER_STYLES + PRINT_STYLES;
