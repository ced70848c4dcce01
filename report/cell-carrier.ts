/**
 * Name of the attachment that carries a cell's result (the path of a JSON file) from the test that ran it to the reporter. Playwright's
 * reporters for terminals leave out what begins with an underscore.
 */
export const CELL_ATTACHMENT = '_conformance-cell';

/** Type of the annotation that names a test's cell by its `cellKey`. */
export const CELL_ANNOTATION = 'cell';
