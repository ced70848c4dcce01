/**
 * Takes a line the meaning that CI systems read into it: GitHub obeys a line that begins with `::` behind any blanks, and, like
 * Azure, `##[…]` and `##vso[…]` wherever they stand. A blank breaks them up.
 */
export const disarmLine = (line: string): string => line.replace(/^(\s*):(?=:)/, '$1: ').replace(/##(?=\w*\[)/g, '# #');
